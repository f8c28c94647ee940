package io.breadcrumbs.local.kafka;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a log what Kafka complains of at healthy starts and stops, so that a complaint there means something.
 * Any thread.
 */
public final class UsualWarnings extends Filter<ILoggingEvent> {

    private static final List<Complaint> USUAL = List.of(
            new Complaint("org.apache.kafka.controller.QuorumController", "Performing controller activation.", ""),
            // The controller registers itself with itself before it has read its log, and tries again.
            new Complaint(
                    "kafka.server.ControllerApis",
                    "Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION,",
                    "org.apache.kafka.common.errors.NotControllerException"),
            // The engine has no global state.
            new Complaint(
                    "org.apache.kafka.streams.StreamsConfig",
                    "Processing exception handler is not enabled for the GlobalThread.",
                    ""),
            // A platform's engine is mostly the only one; warm copies are kept as soon as there is another.
            new Complaint(
                    "org.apache.kafka.streams.processor.internals.assignment.DefaultStandbyTaskAssignor",
                    "standby tasks for task",
                    ""),
            // Rows that were not closed in order are thrown away; the lock on their folder stays where it is.
            new Complaint(
                    "org.apache.kafka.streams.processor.internals.StateDirectory",
                    "Failed to delete state store directory of",
                    ""),
            // Where the data folder lies is whoever's choice who starts the platform there.
            new Complaint(
                    "org.apache.kafka.streams.processor.internals.StateDirectory",
                    "Using an OS temp directory in the state.dir property",
                    ""),
            // Several groups look for their coordinator at once, and each look makes the same topic.
            new Complaint("kafka.server.DefaultAutoTopicCreationManager", "with error 'TOPIC_ALREADY_EXISTS'", ""),
            // A writer's next set comes while the marks of the one before are being written, and is sent again.
            new Complaint("org.apache.kafka.clients.producer.internals.Sender", "Error: CONCURRENT_TRANSACTIONS", ""),
            new Complaint(
                    "org.apache.kafka.clients.NetworkClient",
                    "Attempting to close NetworkClient that has already been closed.",
                    ""));

    /** Which logger says it, in which words, and because of what, if of anything. */
    private record Complaint(String logger, String words, String cause) {

        boolean is(ILoggingEvent event) {
            return event.getLoggerName().equals(logger)
                    && event.getFormattedMessage().contains(words)
                    && cause.equals(rootOf(event.getThrowableProxy()));
        }

        private static String rootOf(@Nullable IThrowableProxy thrown) {
            String root = "";
            for (IThrowableProxy each = thrown; each != null; each = each.getCause()) {
                root = each.getClassName();
            }
            return root;
        }
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return USUAL.stream().anyMatch(usual -> usual.is(event)) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
