package io.breadcrumbs.engine.schedule;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.Overlap;
import io.breadcrumbs.schemas.Tick;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.schedule.Schedule.Missed;
import io.breadcrumbs.sdk.schedule.StoredSchedules;
import io.breadcrumbs.sdk.schedule.TickRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks for runs at the ticks of the schedules of one partition. A tick's run has the tick's id, and stands in this
 * partition: that it was asked for is seen from its being there, so that nothing else need be remembered, and who asks
 * again, here or elsewhere, starts nothing twice. One thread at a time.
 */
public final class Ticker {

    /** Longer than a partition takes to go from a dead owner to another: such a tick was not missed. */
    static final Duration LATE = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int AT_A_TIME = 100;

    private final int partition;
    private final Memory memory;
    private final Bus bus;
    private final Time time;
    private final Supplier<List<Schedule>> schedules;
    private final Consumer<Runnable> post;
    /** Up to which tick all has been asked for, by the schedule as it is now. */
    private final Map<Schedule, Instant> asked = new HashMap<>();

    private final Set<String> underWay = new HashSet<>();
    private boolean closed;

    public Ticker(
            int partition, Memory memory, Durably by, Supplier<List<Schedule>> schedules, Consumer<Runnable> post) {
        this.partition = partition;
        this.memory = memory;
        bus = by.bus();
        time = by.time();
        this.schedules = schedules;
        this.post = post;
    }

    /** Asks for what is due, now and from now on. */
    public void look() {
        if (closed) {
            return;
        }
        List<Schedule> all = schedules.get();
        asked.keySet().retainAll(Set.copyOf(all));
        Instant now = time.now();
        for (Schedule schedule : all) {
            String id = StoredSchedules.id(schedule.workspace(), schedule.name());
            if (!schedule.paused() && bus.partition(Catalogue.WORKFLOW_COMMAND, id) == partition) {
                ask(schedule, id, now);
            }
        }
        time.after(LOOK_EVERY, () -> post.accept(this::look));
    }

    private void ask(Schedule schedule, String id, Instant now) {
        for (Instant tick : due(schedule, now)) {
            String runId = TickRun.id(schedule, tick, one -> bus.partition(Catalogue.WORKFLOW_COMMAND, one), partition);
            if (memory.head(runId) != null || memory.deleted(runId)) {
                asked.put(schedule, tick);
            } else {
                publish(schedule, id, tick, runId);
                return; // the next ones when this one is in the log: they come in their order
            }
        }
    }

    /** The ticks that are due, the oldest first. */
    private List<Instant> due(Schedule schedule, Instant now) {
        Missed missed = schedule.catchUp().missed();
        Duration late = missed == Missed.NONE ? LATE : schedule.catchUp().window();
        Instant first = now.minus(late.compareTo(LATE) < 0 ? LATE : late);
        Instant after = asked.getOrDefault(schedule, schedule.since());
        Instant from = after.isBefore(first) ? first : after;
        if (missed != Missed.ALL) {
            return schedule.cron().last(from, now).stream().toList();
        }
        List<Instant> ticks = new ArrayList<>();
        Optional<Instant> next = schedule.cron().next(from);
        while (next.isPresent() && !next.get().isAfter(now) && ticks.size() < AT_A_TIME) {
            ticks.add(next.get());
            next = schedule.cron().next(next.get());
        }
        return ticks;
    }

    private void publish(Schedule schedule, String id, Instant tick, String runId) {
        if (!underWay.add(id)) {
            return;
        }
        Schedule.Target target = schedule.target();
        WorkflowCommand start = WorkflowCommand.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.WORKFLOW_COMMAND, runId + "/start", schedule.workspace(), bus.instance(), time.now()))
                .setCommandId(runId + "/start")
                .setRunId(runId)
                .setKind(WorkflowCommandKind.START)
                .setName(target.workflow())
                .setDefinition(target.definition())
                .setDefinitionRef(target.definition() == null ? target.workflow() : null)
                .setPayload(target.input())
                .setRequestedBy("schedule " + schedule.name())
                .setTick(new Tick(
                        id,
                        tick.toEpochMilli(),
                        Overlap.valueOf(schedule.overlap().name())))
                .build();
        bus.publish(Catalogue.WORKFLOW_COMMAND, runId, start)
                .whenComplete((_, failure) -> post.accept(() -> {
                    underWay.remove(id);
                    if (failure == null && !closed) {
                        asked.put(schedule, tick);
                        ask(schedule, id, time.now());
                    }
                }));
    }

    public void close() {
        closed = true;
    }
}
