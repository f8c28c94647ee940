package io.breadcrumbs.local.telemetry;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.breadcrumbs.sdk.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The keys of a line of the log, and the trace of what its thread is doing. Lines are written by the thread that says
 * them.
 */
public final class LineKeys extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        @Nullable List<KeyValuePair> said = event.getKeyValuePairs();
        if (said != null) {
            said.forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
        }
        String trace = Trace.current();
        if (trace != null && Trace.isOne(trace)) {
            line.append(" trace=").append(Trace.traceId(trace));
        }
        return line.toString();
    }
}
