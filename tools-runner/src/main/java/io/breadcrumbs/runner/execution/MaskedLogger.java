package io.breadcrumbs.runner.execution;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** The log as a tool sees it: what the execution was given is taken out of each line, and out of what was thrown. */
final class MaskedLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient Logger log;
    private final transient Masks masks;

    MaskedLogger(Logger log, Masks masks) {
        this.name = log.getName();
        this.log = log;
        this.masks = masks;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String line = MessageFormatter.basicArrayFormat(message, arguments);
        if (thrown == null || !masks.any()) {
            log.atLevel(level).setCause(thrown).log("{}", masks.of(line));
            return;
        }
        String trace = trace(thrown);
        if (masks.in(trace)) {
            log.atLevel(level).log("{}", masks.of(line + System.lineSeparator() + trace));
        } else {
            log.atLevel(level).setCause(thrown).log("{}", masks.of(line));
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }
}
