package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.ScheduleDesk;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.schedule.StoredSchedules;
import io.breadcrumbs.sdk.schedule.TickRun;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Schedules, which are breadcrumbs. */
final class BusSchedules implements ScheduleDesk {

    private final Bus bus;
    private final String user;

    BusSchedules(Bus bus, String user) {
        this.bus = bus;
        this.user = user;
    }

    @Override
    public List<JsonObject> all() throws InterruptedException, TimeoutException {
        List<Schedule> all = read();
        List<Summary> runs = all.isEmpty() ? List.of() : Summaries.read(bus, BusDesk.READ_WITHIN);
        return all.stream().map(one -> json(one, last(one, runs))).toList();
    }

    private List<Schedule> read() throws InterruptedException, TimeoutException {
        try (StoredSchedules stored = new StoredSchedules(bus)) {
            stored.whenRead().get(BusDesk.READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return stored.all().stream()
                    .filter(one -> one.workspace().equals(Metas.DEFAULT_WORKSPACE))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the schedules cannot be read: " + e.getCause(), e);
        }
    }

    /** The newest run that a schedule has started; null if there is none. */
    private static @Nullable Summary last(Schedule schedule, List<Summary> runs) {
        String prefix = TickRun.prefix(schedule.workspace(), schedule.name());
        return runs.stream()
                .filter(run -> run.runId().startsWith(prefix) && prefix.equals(TickRun.prefix(run.runId())))
                .max(Comparator.comparing(Summary::runId))
                .orElse(null);
    }

    private static JsonObject json(Schedule schedule, @Nullable Summary last) {
        return schedule.json(Instant.now())
                .putIfPresent("lastRun", last == null ? null : last.runId())
                .putIfPresent("lastStatus", last == null ? null : last.status())
                .build();
    }

    @Override
    public void save(String name, JsonObject context) throws InterruptedException {
        change(name, breadcrumbs -> StoredSchedules.save(breadcrumbs, Metas.DEFAULT_WORKSPACE, name, context, user));
    }

    @Override
    public void pause(String name, boolean paused) throws InterruptedException {
        change(name, breadcrumbs -> StoredSchedules.pause(breadcrumbs, Metas.DEFAULT_WORKSPACE, name, paused, user));
    }

    @Override
    public void delete(String name) throws InterruptedException {
        change(name, breadcrumbs -> StoredSchedules.delete(breadcrumbs, Metas.DEFAULT_WORKSPACE, name, user));
    }

    private void change(String name, Function<Breadcrumbs, CompletableFuture<Answer>> asking)
            throws InterruptedException {
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus)) {
            if (asking.apply(breadcrumbs).get() instanceof Answer.Refused refused) {
                throw new FailureException(
                        ExitCode.FAILED,
                        refused.code() == RefusalCode.NOT_FOUND
                                ? "no schedule '" + name + "'; './crumb schedule list' lists them"
                                : refused.message());
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new FailureException(
                    ExitCode.FAILED,
                    "the schedule could not be changed: " + (cause == null ? e.getMessage() : cause.getMessage()));
        }
    }
}
