package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Journalled;

/** What a reader of the journal learns. */
public sealed interface News {

    /** A decision that counts. */
    record Decided(Journalled journalled) implements News {

        public Journal.Batch batch() {
            return journalled.batch();
        }
    }

    /** A decision counts, and this process is too old to understand it. */
    record Unreadable(String runId, String why) implements News {}

    /** A run was deleted: what was read of it does not hold any more. */
    record Deleted(String runId) implements News {}

    /** All that stood in the journal when its reader began has been handed over. */
    record CaughtUp() implements News {}
}
