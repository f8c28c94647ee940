package io.breadcrumbs.local.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import io.breadcrumbs.sdk.Trace;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LineKeysTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final LoggingEvent event = new LoggingEvent();
    private final LineKeys keys = new LineKeys();

    @Test
    void shouldNameTheKeysOfALineAndTheTraceItsThreadIsIn() {
        event.addKeyValuePair(new KeyValuePair("event", "owner-begins-anew"));
        event.addKeyValuePair(new KeyValuePair("run", "r-1"));

        String line = Trace.within("00-" + TRACE + "-00f067aa0ba902b7-01", () -> keys.convert(event));

        assertThat(line).isEqualTo(" event=owner-begins-anew run=r-1 trace=" + TRACE);
        assertThat(keys.convert(event)).isEqualTo(" event=owner-begins-anew run=r-1");
    }

    @Test
    void shouldNameNoTraceThatIsNone() {
        assertThat(Trace.within("forged\ntrace=x", () -> keys.convert(event))).isEmpty();
        assertThat(keys.convert(event)).isEmpty();
    }
}
