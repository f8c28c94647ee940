package io.breadcrumbs.local.telemetry;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Puts what OpenTelemetry says, by the JDK's own loggers, into the platform's log instead of on its terminal. */
final class OtelLog extends Handler {

    /** Held here, since the JDK forgets loggers that nobody holds. */
    private static final Logger OTEL = Logger.getLogger("io.opentelemetry");

    private OtelLog() {}

    /** From now on. */
    static synchronized void join() {
        if (OTEL.getUseParentHandlers()) {
            OTEL.setUseParentHandlers(false);
            OTEL.addHandler(new OtelLog());
        }
    }

    @Override
    public void publish(LogRecord said) {
        org.slf4j.Logger log = LoggerFactory.getLogger(said.getLoggerName());
        if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
            log.warn("{}", said.getMessage(), said.getThrown());
        } else {
            log.debug("{}", said.getMessage(), said.getThrown());
        }
    }

    @Override
    public void flush() {
        // each line goes out at once
    }

    @Override
    public void close() {
        // nothing is held
    }
}
