package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.runs.journal.Commands;
import io.breadcrumbs.local.runs.journal.Family;
import io.breadcrumbs.local.runs.journal.News;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What commands read before they say anything, and what they wait for. */
public final class Reading {

    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(15);

    private Reading() {}

    /** Reads all that stands in the journal now. */
    public static void catchUp(Family family) throws InterruptedException, TimeoutException {
        while (!family.caughtUp()) {
            if (family.next(AboutRuns.READ_WITHIN) == null) {
                throw new TimeoutException();
            }
        }
    }

    /** Ends the command unless the run exists. */
    public static void demandStarted(Bus bus, Family family) throws InterruptedException, TimeoutException {
        String runId = family.first().run().id();
        if (!family.first().started()) {
            demandAccepted(bus, family);
            throw new FailureException(
                    ExitCode.FAILED,
                    "run " + runId + " has not begun: its start is in the log, and nobody has decided about it; "
                            + "'./crumb run why " + runId + "' says why");
        }
    }

    /** Ends the command unless the run exists, or its start is in the log. */
    public static void demandAccepted(Bus bus, Family family) throws InterruptedException, TimeoutException {
        String runId = family.first().run().id();
        if (family.first().started()) {
            return;
        }
        if (family.first().deleted()) {
            throw new FailureException(ExitCode.FAILED, "run " + runId + " was deleted");
        }
        boolean accepted = Commands.about(bus, runId, AboutRuns.READ_WITHIN).stream()
                .anyMatch(command -> Commands.begins(command) && !family.first().decided(Commands.inputId(command)));
        if (!accepted) {
            throw new FailureException(ExitCode.FAILED, "no run '" + runId + "'; './crumb run list' lists them");
        }
    }

    /** Waits until the journal has decided about what was asked; a rejection ends the command. */
    public static Journal.Batch decision(Family family, CompletableFuture<Asked> asked) throws InterruptedException {
        Asked durable = durable(asked);
        long until = System.nanoTime() + DECIDED_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            News one = family.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            if (one instanceof News.Decided decided && decided.batch().inputId().equals(durable.inputId())) {
                demandAccepted(decided.batch());
                return decided.batch();
            }
        }
        throw new FailureException(
                ExitCode.FAILED,
                "the command is in the log as " + durable.position() + ", and nobody has decided about it within "
                        + DECIDED_WITHIN.toSeconds() + " s; it holds. './crumb run why " + durable.runId()
                        + "' says what it waits for");
    }

    private static Asked durable(CompletableFuture<Asked> asked) throws InterruptedException {
        try {
            return asked.get(DECIDED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new FailureException(
                    ExitCode.FAILED,
                    "the command could not be published: " + (cause == null ? e.getMessage() : cause.getMessage()));
        } catch (TimeoutException e) {
            throw new FailureException(ExitCode.FAILED, "the log does not acknowledge the command; it may have it");
        }
    }

    private static void demandAccepted(Journal.Batch batch) {
        batch.entries().forEach(entry -> {
            if (entry.event() instanceof Event.Rejected no) {
                throw new FailureException(ExitCode.FAILED, "rejected: " + no.code() + ": " + no.message());
            }
        });
    }
}
