package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What commands read before they say anything, and what they wait for. */
public final class Reading {

    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(15);

    private Reading() {}

    /** Reads all that stands in the journal now. */
    public static void catchUp(Family family) throws InterruptedException, TimeoutException {
        while (!family.caughtUp()) {
            if (family.next(OverDesk.READ_WITHIN) == null) {
                throw new TimeoutException();
            }
        }
    }

    /** Ends the command unless the run exists. */
    public static void demandStarted(RunDesk desk, Family family) throws InterruptedException, TimeoutException {
        String runId = family.first().run().id();
        if (!family.first().started()) {
            demandAccepted(desk, family);
            throw new FailureException(
                    ExitCode.FAILED,
                    "run " + runId + " has not begun: its start is in the log, and nobody has decided about it; "
                            + "'./crumb run why " + runId + "' says why");
        }
    }

    /** Ends the command unless the run exists, or its start is in the log. */
    public static void demandAccepted(RunDesk desk, Family family) throws InterruptedException, TimeoutException {
        String runId = family.first().run().id();
        if (family.first().started()) {
            return;
        }
        if (family.first().deleted()) {
            throw new FailureException(ExitCode.FAILED, "run " + runId + " was deleted");
        }
        if (!desk.isAccepted(family.first())) {
            throw new FailureException(ExitCode.FAILED, "no run '" + runId + "'; './crumb run list' lists them");
        }
    }

    /**
     * Waits until the journal has decided about what was asked; a rejection ends the command.
     *
     * @return null if the run is gone
     */
    public static Journal.@Nullable Batch decision(Family family, String inputId) throws InterruptedException {
        String runId = family.first().run().id();
        long until = System.nanoTime() + DECIDED_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            News one = family.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            if (one instanceof News.Decided decided && decided.batch().inputId().equals(inputId)) {
                demandAccepted(decided.batch());
                return decided.batch();
            }
            if (one instanceof News.Deleted(String id) && id.equals(runId)) {
                return null;
            }
        }
        throw new FailureException(
                ExitCode.FAILED,
                "the command is in the log, and nobody has decided about it within " + DECIDED_WITHIN.toSeconds()
                        + " s; it holds. './crumb run why " + runId + "' says what it waits for");
    }

    private static void demandAccepted(Journal.Batch batch) {
        batch.entries().forEach(entry -> {
            if (entry.event() instanceof Event.Rejected no) {
                throw new FailureException(ExitCode.FAILED, "rejected: " + no.code() + ": " + no.message());
            }
        });
    }
}
