package io.breadcrumbs.local.runs.journal;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The workflows that are stored under names. */
public final class Storage {

    private Storage() {}

    /** The newest version of each, by name. Blocks. */
    public static List<Stored> all(Bus bus, Duration atMost) throws InterruptedException, TimeoutException {
        try (StoredWorkflows stored = new StoredWorkflows(bus)) {
            get(stored.whenRead(), atMost);
            return stored.all(Metas.DEFAULT_WORKSPACE);
        }
    }

    /**
     * One of them; ends the command if there is none. Blocks.
     *
     * @param version null: the newest
     */
    public static Stored find(Bus bus, String name, @Nullable Integer version, Duration atMost)
            throws InterruptedException, TimeoutException {
        Stored found = version == null
                ? newest(bus, name, atMost)
                : get(
                        StoredWorkflows.version(
                                bus, Metas.DEFAULT_WORKSPACE, name, version, Thread::startVirtualThread),
                        atMost);
        if (found == null) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "no workflow '" + name + "'" + (version == null ? "" : " of version " + version)
                            + "; './crumb workflow list' lists them");
        }
        return found;
    }

    private static @Nullable Stored newest(Bus bus, String name, Duration atMost)
            throws InterruptedException, TimeoutException {
        try (StoredWorkflows stored = new StoredWorkflows(bus)) {
            get(stored.whenRead(), atMost);
            return stored.find(Metas.DEFAULT_WORKSPACE, name);
        }
    }

    private static <T extends @Nullable Object> T get(CompletableFuture<T> future, Duration atMost)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stored workflows cannot be read: " + e.getCause(), e);
        }
    }
}
