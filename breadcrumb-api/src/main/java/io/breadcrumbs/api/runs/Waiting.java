package io.breadcrumbs.api.runs;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.problem.BusProblems;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.view.LateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for the log, bounded, and says as a problem what did not come. */
final class Waiting {

    /** How long something may take to be durable, to be decided, or to be read. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Waiting() {}

    /** Who cannot say in time that it is durable says so, or that it was certainly not sent, and names the run. */
    static <T> T durable(String runId, CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unknown(runId, "the log has not acknowledged it within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw about(runId, BusProblems.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(runId, "this instance stops");
        }
    }

    private static ProblemException unknown(String runId, String why) {
        return about(runId, Problem.of(ProblemCode.OUTCOME_UNKNOWN, why));
    }

    private static ProblemException about(String runId, Problem problem) {
        return new ProblemException(problem.with("threadId", TextNode.valueOf(runId)));
    }

    /** What is durable has been done, though it could not be read here in time: the run is named all the same. */
    static void read(String runId, Runnable reading) {
        try {
            reading.run();
        } catch (LateException e) {
            throw unknown(runId, "it is in the log, and could not be read here: " + e.getMessage());
        }
    }

    static <T extends @Nullable Object> T within(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, what + " could not be read within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    what + " cannot be read: " + BusProblems.of(e).detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "this instance stops");
        }
    }

    /** Looks again after each decision about a run, until it is so; false if that takes too long. */
    static boolean until(RunLine line, Duration atMost, BooleanSupplier so) {
        Semaphore news = new Semaphore(0);
        Runnable unwatch = line.watch(news::release);
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!so.getAsBoolean()) {
                if (!news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
                news.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            unwatch.run();
        }
    }
}
