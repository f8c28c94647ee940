package io.breadcrumbs.local.desk.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.operate.Retried;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dead letters. */
public interface LetterDesk {

    /**
     * All of them, the oldest first, without their bytes.
     *
     * @param topic null: about records of any
     */
    List<JsonNode> all(@Nullable String topic) throws InterruptedException;

    /** One with all that it holds. */
    JsonNode find(String id) throws InterruptedException;

    /**
     * Tries again what letters are about, one after another, and deletes each if that is done.
     *
     * @param told what came of each
     */
    void retry(List<String> ids, Consumer<Retried> told) throws InterruptedException;

    void delete(String id) throws InterruptedException;

    /** Ends a command that names a letter which nobody has. */
    static FailureException missing(String id) {
        return new FailureException(ExitCode.FAILED, "no dead letter '" + id + "'; './crumb dlq list' lists them");
    }
}
