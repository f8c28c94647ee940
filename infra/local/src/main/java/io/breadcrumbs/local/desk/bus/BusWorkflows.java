package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.WorkflowDesk;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The workflows that are stored under names, read from their breadcrumbs. */
final class BusWorkflows implements WorkflowDesk {

    private final Bus bus;
    private final String user;

    BusWorkflows(Bus bus, String user) {
        this.bus = bus;
        this.user = user;
    }

    @Override
    public List<Stored> all() throws InterruptedException, TimeoutException {
        try (StoredWorkflows stored = new StoredWorkflows(bus)) {
            get(stored.whenRead());
            return stored.all(Metas.DEFAULT_WORKSPACE);
        }
    }

    @Override
    public Stored find(String name, @Nullable Integer version) throws InterruptedException, TimeoutException {
        Stored found = version == null
                ? newest(name)
                : get(StoredWorkflows.version(bus, Metas.DEFAULT_WORKSPACE, name, version, Thread::startVirtualThread));
        if (found == null) {
            throw WorkflowDesk.none(name, version);
        }
        return found;
    }

    private @Nullable Stored newest(String name) throws InterruptedException, TimeoutException {
        try (StoredWorkflows stored = new StoredWorkflows(bus)) {
            get(stored.whenRead());
            return stored.find(Metas.DEFAULT_WORKSPACE, name);
        }
    }

    private static <T extends @Nullable Object> T get(CompletableFuture<T> future)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(BusDesk.READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stored workflows cannot be read: " + e.getCause(), e);
        }
    }

    @Override
    public int save(String name, String definition) throws InterruptedException {
        Answer answer = asked(
                "stored",
                breadcrumbs -> StoredWorkflows.save(breadcrumbs, Metas.DEFAULT_WORKSPACE, name, definition, user));
        return switch (answer) {
            case Answer.Done done -> done.version();
            case Answer.Refused refused -> throw new FailureException(ExitCode.FAILED, refused.message());
        };
    }

    @Override
    public void delete(String name) throws InterruptedException {
        Answer answer = asked(
                "deleted",
                breadcrumbs -> breadcrumbs.ask(StoredWorkflows.deletion(Metas.DEFAULT_WORKSPACE, name)
                        .workspace(Metas.DEFAULT_WORKSPACE)
                        .author(user)));
        if (answer instanceof Answer.Refused refused) {
            throw refused.code() == RefusalCode.NOT_FOUND
                    ? WorkflowDesk.none(name, null)
                    : new FailureException(ExitCode.FAILED, refused.message());
        }
    }

    private Answer asked(String done, Function<Breadcrumbs, CompletableFuture<Answer>> asking)
            throws InterruptedException {
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus)) {
            return asking.apply(breadcrumbs).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new FailureException(
                    ExitCode.FAILED,
                    "the workflow could not be " + done + ": " + (cause == null ? e.getMessage() : cause.getMessage()));
        }
    }
}
