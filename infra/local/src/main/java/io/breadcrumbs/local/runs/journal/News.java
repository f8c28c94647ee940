package io.breadcrumbs.local.runs.journal;

import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;

/** What a reader of the journal learns. */
public sealed interface News {

    /**
     * A decision that counts.
     *
     * @param instance that took it
     */
    record Decided(Journal.Batch batch, String instance, Position position) implements News {}

    /** A decision counts, and this process is too old to understand it. */
    record Unreadable(String runId, String why) implements News {}

    /** A run was deleted: what was read of it does not hold any more. */
    record Deleted(String runId) implements News {}

    /** All that stood in the journal when a tail of it began has been handed over. */
    record CaughtUp() implements News {}
}
