package io.breadcrumbs.sdk.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaSaysTest {

    private static Stream<Arguments> failures() {
        TimeoutException late = new TimeoutException("Call(callName=listOffsets, tries=1) timed out");
        return Stream.of(
                Arguments.of(late, "the broker has not answered in time"),
                Arguments.of(new ExecutionException(late), "the broker has not answered in time"),
                Arguments.of(
                        new CompletionException(new KafkaException("outer", late)),
                        "the broker has not answered in time"),
                Arguments.of(new BufferExhaustedException("org.apache.kafka"), "its buffer is full"),
                Arguments.of(new DisconnectException(), "the connection to the broker is lost"),
                Arguments.of(new TopicAuthorizationException("a"), "the broker does not allow it"),
                Arguments.of(new NotEnoughReplicasException("few"), "the broker answers NOT_ENOUGH_REPLICAS"),
                Arguments.of(new IllegalStateException("secret"), "Kafka failed; the log of this process says how"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldSayInWordsWhyItDoesNot(Throwable failure, String words) {
        assertThat(KafkaSays.why(failure)).isEqualTo(words);
    }

    @Test
    void shouldSayThatNothingWasDoneWhenKafkaDoesNotAnswer() {
        KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
        future.completeExceptionally(new TimeoutException("org.apache.kafka"));

        assertThatThrownBy(() -> KafkaSays.get(future))
                .hasMessage("Kafka does not say: the broker has not answered in time")
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AWAY));
    }
}
