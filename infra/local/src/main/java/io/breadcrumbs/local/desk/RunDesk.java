package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs, as commands ask for them. What is asked for is named by the input that the run's journal decides about. */
public interface RunDesk {

    /**
     * A run to be started.
     *
     * @param name for people; null if it has none
     * @param definition JSON
     * @param input JSON
     * @param limit after which it fails unless it is over; null: as the definition says
     */
    record Beginning(
            String runId,
            @Nullable String name,
            String definition,
            String input,
            @Nullable Duration limit) {}

    /** Hears what becomes of many runs. Any thread. */
    interface Progress {

        /** So many runs are asked. */
        void meant(int runs);

        /** What became of one of them. */
        void told(Bulk.Outcome outcome);
    }

    /** News of runs; the caller closes it. */
    Feed feed();

    /** Whether the start of a run of which the journal has none is durable, and nobody has decided about it. */
    boolean isAccepted(Followed run) throws InterruptedException, TimeoutException;

    /** All runs, the oldest first. */
    List<Summary> all() throws InterruptedException, TimeoutException;

    /**
     * Starts a run.
     *
     * @return the input's id, when the start is durable
     */
    String start(Beginning beginning) throws InterruptedException;

    /** Forks a run, likewise. */
    String fork(Fork fork) throws InterruptedException, TimeoutException;

    /** Asks something of a run, likewise. */
    String ask(String runId, Wish wish) throws InterruptedException;

    /**
     * Asks the same of all runs that are meant, so many a second. Completes when something has been told of each.
     *
     * @param reason of a cancel, for people
     */
    CompletableFuture<@Nullable Void> each(
            RunAction action, String reason, Wanted wanted, int perSecond, Progress progress)
            throws InterruptedException, TimeoutException;

    /** Why a run does not move, in a sentence. */
    String why(String runId) throws InterruptedException, TimeoutException;
}
