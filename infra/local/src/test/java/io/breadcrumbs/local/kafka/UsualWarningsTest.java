package io.breadcrumbs.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsualWarningsTest {

    private static final String APIS = "kafka.server.ControllerApis";
    private static final String REGISTRATION =
            "[ControllerApis nodeId=1] Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION, apiVersion=0)";

    private final LoggerContext context = new LoggerContext();

    @Test
    void shouldLeaveOutWhatAHealthyControllerSays() {
        assertThat(decided(
                        "org.apache.kafka.controller.QuorumController",
                        "[QuorumController id=1] Performing controller activation. The metadata log appears to be empty.",
                        null))
                .isEqualTo(FilterReply.DENY);
        assertThat(decided(APIS, REGISTRATION, new CompletionException(new NotControllerException("node 1"))))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void shouldLeaveOutThatATopicOfKafkasWasMadeTwice() {
        String manager = "kafka.server.DefaultAutoTopicCreationManager";
        String failed = "Auto topic creation failed for __consumer_offsets with error ";

        assertThat(decided(
                        manager, failed + "'TOPIC_ALREADY_EXISTS': Topic '__consumer_offsets' already exists.", null))
                .isEqualTo(FilterReply.DENY);
        assertThat(decided(manager, failed + "'NOT_CONTROLLER': later", null)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void shouldLeaveOutThatAWriterIsQuickerThanItsBroker() {
        String sender = "org.apache.kafka.clients.producer.internals.Sender";
        String error = "[Producer clientId=c, transactionalId=t] Got error produce response with correlation id 6 on "
                + "topic-partition breadcrumb.v1-2, retrying (2147483646 attempts left). Error: ";

        assertThat(decided(sender, error + "CONCURRENT_TRANSACTIONS", null)).isEqualTo(FilterReply.DENY);
        assertThat(decided(sender, error + "NOT_LEADER_OR_FOLLOWER", null)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void shouldLetThroughTheSameWordsForAnotherReasonAndOtherWords() {
        assertThat(decided(APIS, REGISTRATION, new CompletionException(new TimeoutException("late"))))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decided(
                        "org.apache.kafka.controller.QuorumController",
                        "Renouncing the leadership due to a metadata log event.",
                        null))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decided("io.breadcrumbs", "Performing controller activation.", null))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply decided(String logger, String message, @Nullable Throwable thrown) {
        Logger named = context.getLogger(logger);
        return new UsualWarnings().decide(new LoggingEvent("test", named, Level.WARN, message, thrown, new Object[0]));
    }
}
