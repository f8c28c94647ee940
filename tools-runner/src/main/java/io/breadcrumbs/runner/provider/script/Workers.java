package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The threads that scripts run on: so many at once, who comes later waits. Each is watched by who waits for it. */
final class Workers {

    private static final long LOOK_EVERY_MS = 5;

    private final Heap heap;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("script-", 0).factory());

    Workers(int atOnce, Heap heap) {
        this.heap = heap;
        free = new Semaphore(atOnce, true);
    }

    /** Something that runs until it is stopped. */
    interface Job {

        /**
         * Runs to its end, on a worker.
         *
         * @param usage to be begun where what is held against the allowance begins
         */
        String call(Usage usage) throws ToolFailure;

        /** Ends the call. From another thread. */
        void stop();
    }

    /**
     * Runs a job within its allowance. Called on a thread that may block.
     *
     * @throws ToolFailure that the job throws, or that says which limit it exceeded
     * @throws InterruptedException if the caller was interrupted; the job has ended then
     */
    String call(Job job, Allowance allowance) throws ToolFailure, InterruptedException {
        free.acquire();
        try {
            Usage usage = new Usage(heap);
            Future<String> result = threads.submit(() -> job.call(usage));
            try {
                return watch(result, usage, allowance);
            } catch (ToolFailure | InterruptedException e) {
                job.stop();
                awaitEnd(result);
                throw e;
            }
        } finally {
            free.release();
        }
    }

    private static String watch(Future<String> result, Usage usage, Allowance allowance)
            throws ToolFailure, InterruptedException {
        while (true) {
            try {
                return result.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                ToolFailure exceeded = usage.beyond(allowance);
                if (exceeded != null) {
                    throw exceeded;
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private static ToolFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ToolFailure failure -> failure;
            case OutOfMemoryError _ ->
                ToolFailure.limit("MEMORY_LIMIT", "expected a script that fits into the runner's memory, got a larger");
            case null, default -> throw new IllegalStateException("the script could not be run: " + cause, cause);
        };
    }

    private static void awaitEnd(Future<String> result) {
        boolean interrupted = false;
        while (!result.isDone()) {
            try {
                result.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // how it ended does not matter any more
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
