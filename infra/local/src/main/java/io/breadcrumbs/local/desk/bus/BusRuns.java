package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.Feed;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wanted;
import io.breadcrumbs.local.desk.Wish;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.runs.Forked;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.runs.why.Facts;
import io.breadcrumbs.sdk.runs.why.Inquiry;
import io.breadcrumbs.sdk.runs.why.Why;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs, asked for by commands in the log, and read from the journal. */
final class BusRuns implements RunDesk {

    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(15);

    private final Bus bus;
    private final Runs runs;

    BusRuns(Bus bus, String user) {
        this.bus = bus;
        runs = new Runs(bus, user);
    }

    @Override
    public Feed feed() {
        return new JournalFeed(bus);
    }

    @Override
    public boolean isAccepted(Followed run) throws InterruptedException, TimeoutException {
        return Commands.about(bus, run.run().id(), BusDesk.READ_WITHIN).stream()
                .anyMatch(command -> Commands.begins(command) && !run.decided(Commands.inputId(command)));
    }

    @Override
    public List<Summary> all() throws InterruptedException, TimeoutException {
        return Summaries.read(bus, BusDesk.READ_WITHIN);
    }

    @Override
    public String start(Beginning run) throws InterruptedException {
        Duration limit = run.limit();
        return durable(runs.start(new Start(
                run.runId(),
                false,
                Metas.DEFAULT_WORKSPACE,
                run.name(),
                run.definition(),
                run.input(),
                limit == null ? null : Instant.now().plus(limit))));
    }

    @Override
    public String fork(Fork fork) throws InterruptedException, TimeoutException {
        try {
            return switch (runs.fork(fork).get(BusDesk.READ_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                case Forked.Published(Asked asked) -> asked.inputId();
                case Forked.Refused(RunError why) ->
                    throw new FailureException(
                            ExitCode.FAILED,
                            why.kind().equals(RunError.NOT_FOUND)
                                    ? "no run '" + fork.from() + "'; './crumb run list' lists them"
                                    : "nothing was started: " + why.message());
            };
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, "the run could not be forked: " + message(e));
        }
    }

    @Override
    public String ask(String runId, Wish wish) throws InterruptedException {
        return durable(
                switch (wish) {
                    case Wish.Act(RunAction action, String reason) -> action.ask(runs, runId, reason);
                    case Wish.Signal(String name, @Nullable String about, String payload) ->
                        runs.signal(runId, name, about, payload);
                    case Wish.Approve(String step, @Nullable String changed) -> runs.approve(runId, step, changed);
                    case Wish.Reject(String step) -> runs.reject(runId, step);
                });
    }

    private static String durable(CompletableFuture<Asked> asked) throws InterruptedException {
        try {
            return asked.get(DURABLE_WITHIN.toSeconds(), TimeUnit.SECONDS).inputId();
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, "the command could not be published: " + message(e));
        } catch (TimeoutException e) {
            throw new FailureException(ExitCode.FAILED, "the log does not acknowledge the command; it may have it");
        }
    }

    private static String message(ExecutionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    @Override
    public CompletableFuture<@Nullable Void> each(
            RunAction action, String reason, Wanted wanted, int perSecond, Progress progress)
            throws InterruptedException, TimeoutException {
        List<String> meant = wanted.of(all(), System.currentTimeMillis()).stream()
                .map(Summary::runId)
                .toList();
        progress.meant(meant.size());
        SystemTime time = new SystemTime("bulk");
        Bulk bulk = new Bulk(bus, time, perSecond, progress::told);
        CompletableFuture<@Nullable Void> done = bulk.ask(meant, runId -> action.ask(runs, runId, reason))
                .<@Nullable Void>handle((_, failure) -> {
                    if (failure != null) {
                        throw new FailureException(ExitCode.FAILED, "the journal cannot be read: " + failure);
                    }
                    return null;
                });
        done.whenComplete((_, _) -> Thread.startVirtualThread(() -> {
            bulk.close(); // not by the thread that is told
            time.close();
        }));
        return done;
    }

    @Override
    public String why(String runId) throws InterruptedException, TimeoutException {
        try (Family family = new Family(this, runId, true, _ -> {})) {
            while (!family.caughtUp()) {
                if (family.next(BusDesk.READ_WITHIN) == null) {
                    throw new TimeoutException();
                }
            }
            demandKnown(family.first());
            Inquiry inquiry = new Inquiry(bus, InstantSource.system(), BusDesk.READ_WITHIN);
            return Why.of(inquiry.about(runId, family::find, this::serving));
        }
    }

    private void demandKnown(Followed run) throws InterruptedException, TimeoutException {
        if (run.started() || run.rejected() != null) {
            return;
        }
        if (run.deleted()) {
            throw new FailureException(ExitCode.FAILED, "run " + run.run().id() + " was deleted");
        }
        if (!isAccepted(run)) {
            throw new FailureException(
                    ExitCode.FAILED, "no run '" + run.run().id() + "'; './crumb run list' lists them");
        }
    }

    private Facts.Serving serving(Set<String> pools) throws InterruptedException, TimeoutException {
        Set<String> tools = ToolList.read(bus, BusDesk.READ_WITHIN).all().stream()
                .map(ToolDefinition::getName)
                .collect(Collectors.toSet());
        return new Facts.Serving(
                Members.engines(bus, BusDesk.READ_WITHIN), Members.runners(bus, pools, BusDesk.READ_WITHIN), tools);
    }
}
