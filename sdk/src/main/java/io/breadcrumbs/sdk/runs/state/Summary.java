package io.breadcrumbs.sdk.runs.state;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run in a line.
 *
 * @param name of its workflow
 * @param status in a word; {@link #ACCEPTED} and {@link #REJECTED} are those of runs that have not begun
 * @param by who started it
 * @param endedAt 0 before it is over
 * @param depth how many runs are above it
 */
public record Summary(
        String runId,
        @Nullable String name,
        String status,
        @Nullable String by,
        long startedAt,
        long endedAt,
        int depth) {

    /** Nobody has decided about its start. */
    public static final String ACCEPTED = "accepted";

    /** It was not started. */
    public static final String REJECTED = "rejected";

    /** What becomes of it with a decision; null while the run has not begun. */
    public static @Nullable Summary next(@Nullable Summary before, Journal.Batch batch) {
        Summary now = before;
        for (Entry entry : batch.entries()) {
            if (entry.event() instanceof Event.Started started) {
                Event.Origin origin = started.origin();
                now = new Summary(
                        batch.runId(),
                        origin.name(),
                        word(RunStatus.RUNNING),
                        origin.by(),
                        entry.atMs(),
                        0,
                        origin.depth());
            } else if (now != null) {
                now = now.after(entry);
            }
        }
        return now;
    }

    private Summary after(Entry entry) {
        return switch (entry.event()) {
            case Event.Paused _ -> with(RunStatus.PAUSED, 0);
            case Event.Resumed _, Event.Retried _, Event.Stopping _ -> with(RunStatus.RUNNING, 0);
            case Event.Ended ended -> with(ended.status(), entry.atMs());
            default -> this;
        };
    }

    private Summary with(RunStatus other, long ended) {
        return new Summary(runId, name, word(other), by, startedAt, ended, depth);
    }

    /** A status as people and programs read it. */
    public static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
