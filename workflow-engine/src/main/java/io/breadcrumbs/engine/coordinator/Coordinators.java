package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.run.Plan;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The coordinators of one process, by partition, and what this process publishes for them. Any thread. */
public final class Coordinators implements AutoCloseable {

    /**
     * What all coordinators of a process share.
     *
     * @param hands on whose threads they work
     * @param workflows that steps may name
     * @param schedules all that there are
     * @param plans the plans of definitions
     * @param keeping how much of runs is kept where, and how long
     */
    public record Surroundings(
            Bus bus,
            Time time,
            Executor hands,
            Facts.Tools tools,
            StoredWorkflows.Finder workflows,
            Supplier<List<Schedule>> schedules,
            Function<String, Plan> plans,
            Keeping keeping) {}

    /**
     * How much of runs is kept where, and how long.
     *
     * @param atHand so many runs a partition keeps at hand; the others are made from the memory when they are needed
     * @param waiting so many inputs of a partition wait at hand for a decision; the others wait in the memory
     * @param ended how long runs are kept after their end where their definition does not say so; null: for ever
     * @param marks how long it is remembered of a deleted run that there was one, from its start on: as long as that
     *     may stand in the log
     */
    public record Keeping(int atHand, int waiting, @Nullable Duration ended, Duration marks) {

        private static final int WAITING = 5_000;

        /** Runs are kept for ever, and marks well beyond the time after which the log loses commands. */
        public static Keeping of(int atHand) {
            Duration logged = Catalogue.WORKFLOW_COMMAND.retention().time().orElseThrow();
            return new Keeping(atHand, WAITING, null, logged.multipliedBy(2)); // the log loses them by whole segments
        }

        public Keeping ended(@Nullable Duration other) {
            return new Keeping(atHand, waiting, other, marks);
        }
    }

    private final Surroundings around;
    private final Map<Integer, Coordinator> byPartition = new ConcurrentHashMap<>();
    private final AtomicInteger attachments = new AtomicInteger();
    private final Runnable commands;
    private final Runnable answers;

    public Coordinators(Surroundings around) {
        this.around = around;
        commands = around.bus().watch(Catalogue.WORKFLOW_COMMAND, this::command);
        answers = around.bus().watch(Catalogue.TOOL_RESPONSE, (breadcrumb, _) -> answer(breadcrumb));
    }

    /** The instance by which they are known. */
    public String instance() {
        return around.bus().instance();
    }

    /** Whether the answer to a request with this key stands in this partition. */
    public boolean isHome(String key, int partition) {
        return around.bus().partition(Catalogue.TOOL_RESPONSE, key) == partition;
    }

    /** This process was given a partition, whose memory is complete up to where its log is read on. */
    public Coordinator attach(int partition, Memory memory) {
        String attachment = around.bus().instance() + "/" + partition + "." + attachments.incrementAndGet();
        Coordinator coordinator = new Coordinator(partition, attachment, memory, around);
        Coordinator former = byPartition.put(partition, coordinator);
        if (former != null) {
            former.close();
        }
        coordinator.begin();
        return coordinator;
    }

    /** The partition is somebody else's. */
    public void detach(int partition, Coordinator coordinator) {
        byPartition.remove(partition, coordinator);
        coordinator.close();
    }

    /** Those of the partitions that this process has. */
    public Collection<Coordinator> all() {
        return Collections.unmodifiableCollection(byPartition.values());
    }

    private void command(Breadcrumb<WorkflowCommand> breadcrumb, CompletableFuture<Position> durable) {
        Coordinator coordinator = byPartition.get(breadcrumb.partition().number());
        WorkflowCommand command = breadcrumb.value();
        if (coordinator != null && command != null) {
            Message message = Message.of(command, breadcrumb.headers().trace());
            if (message != null) {
                coordinator.passing(message);
                durable.thenAccept(position -> coordinator.stands(message, position.offset()));
            }
        }
    }

    private void answer(Breadcrumb<ToolResponse> breadcrumb) {
        Coordinator coordinator = byPartition.get(breadcrumb.partition().number());
        ToolResponse answer = breadcrumb.value();
        if (coordinator != null && answer != null) {
            Message message = Message.of(answer, breadcrumb.headers().trace());
            if (message != null) {
                coordinator.passing(message);
            }
        }
    }

    @Override
    public void close() {
        commands.run();
        answers.run();
        byPartition.values().forEach(Coordinator::close);
        byPartition.clear();
    }
}
