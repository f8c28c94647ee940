package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Facts;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.Feed;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wanted;
import io.breadcrumbs.local.desk.Wish;
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
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs, asked for by commands in the log, and read from the journal. */
final class BusRuns implements RunDesk {

    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(15);

    private final Bus bus;
    private final String kafka;
    private final Runs runs;

    BusRuns(Bus bus, String kafka, String user) {
        this.bus = bus;
        this.kafka = kafka;
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
    public Facts facts(Family family) throws InterruptedException, TimeoutException {
        return new Inquiry(bus, kafka, BusDesk.READ_WITHIN).about(family);
    }
}
