package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run to be started.
 *
 * @param runId the run's id, which makes the start idempotent: a second one changes nothing
 * @param drawn whether nobody else begins a run under this id, since it was drawn at random: then it may begin before
 *     it is durable. Of other starts under an id the first in the log begins the run.
 * @param name of the workflow, for people; null if it has none
 * @param definition the workflow, JSON
 * @param input JSON
 * @param deadline when the run fails unless it is over; null: as the definition says
 */
public record Start(
        String runId,
        boolean drawn,
        String workspace,
        @Nullable String name,
        String definition,
        String input,
        @Nullable Instant deadline) {

    /**
     * So many characters a definition, its input and the outputs that a fork is given may have together: a run begins
     * with one record.
     */
    public static final int MOST_CHARACTERS = 480_000;

    /** Under an id that others may choose, too. */
    public static Start of(String runId, String definition, String input) {
        return new Start(runId, false, Metas.DEFAULT_WORKSPACE, null, definition, input, null);
    }

    /** Under an id that nobody else has. */
    public static Start drawn(String runId, String definition, String input) {
        return new Start(runId, true, Metas.DEFAULT_WORKSPACE, null, definition, input, null);
    }
}
