package io.breadcrumbs.sdk.operate;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's clients say, and in words why they do not: what they throw names classes, calls and addresses, which are
 * none of a caller's business, and goes to the log of this process.
 */
public final class KafkaSays {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSays.class);

    private KafkaSays() {}

    /** What Kafka says, as long as its client is set to wait. */
    public static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw away("Kafka does not say", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException(ErrorCode.AWAY, "interrupted while asking Kafka", e);
        }
    }

    /**
     * A failure that says that Kafka cannot be reached now, and why.
     *
     * @param what did not happen; nothing was done
     */
    public static BusException away(String what, Throwable failure) {
        return new BusException(ErrorCode.AWAY, what + ": " + why(failure), failure);
    }

    /** Why something failed, for whoever asked for it. */
    public static String why(@Nullable Throwable failure) {
        Throwable cause = inner(failure);
        LOG.atDebug().addKeyValue("event", "kafka-failed").setCause(cause).log("Kafka does not do it");
        return switch (cause) {
            case BufferExhaustedException _ -> "its buffer is full";
            case TimeoutException _ -> "the broker has not answered in time";
            case DisconnectException _ -> "the connection to the broker is lost";
            case NetworkException _ -> "the connection to the broker is lost";
            case RecordTooLargeException _ -> "it is larger than the broker takes";
            case AuthorizationException _ -> "the broker does not allow it";
            case AuthenticationException _ -> "the broker does not know who asks";
            case InterruptException _ -> "it was interrupted";
            case null -> "nobody says why";
            default -> answered(cause);
        };
    }

    private static String answered(Throwable cause) {
        Errors code = Errors.forException(cause);
        if (code != Errors.UNKNOWN_SERVER_ERROR) {
            return "the broker answers " + code;
        }
        LOG.atWarn().addKeyValue("event", "kafka-failed").setCause(cause).log("Kafka failed as nobody foresaw");
        return "Kafka failed; the log of this process says how";
    }

    private static @Nullable Throwable inner(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null && isWrapping(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapping(Throwable failure) {
        return failure instanceof BusException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure.getClass().equals(KafkaException.class);
    }
}
