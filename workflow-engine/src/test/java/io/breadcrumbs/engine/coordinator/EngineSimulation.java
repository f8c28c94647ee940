package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.memory.Expiry;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.RecordPrinter;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.testkit.workflow.Portrait;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One seed: processes with engines and runners, random workflows, commands about them, and a random series of crashes,
 * pauses and rebalances; and what must hold after each record of the journal, and at the end.
 */
final class EngineSimulation {

    private static final int PARTITIONS = 2;
    private static final Faults HARSH = new Faults(0.02, 0.02, 0.02, 0.05, 0.05, 0.1, 30_000);
    private static final long FAULTY_MICROS = 200_000;
    private static final long END_MICROS = 12_000_000;
    static final Wire WIRE = wire();
    static final Plans PLANS = new Plans(new CelConditions());

    final SeededScheduler scheduler;
    final MemoryCluster cluster;
    final SimulatedStreams.Stored stored;
    final Mutation mutation;
    final Plans plans = PLANS;
    final Keeping keeping;
    final Reference reference;
    final List<String> violations = new ArrayList<>();
    final List<EngineNode> nodes = new ArrayList<>();
    private final Map<String, List<String>> executed = new HashMap<>();
    private final boolean faulty;
    private final Wishes wishes;
    final Callers callers;
    private @Nullable Ambush ambush;

    private static Wire wire() {
        Wire wire = MemoryBus.wire();
        wire.prepare(Callers.NOBODYS);
        return wire;
    }

    EngineSimulation(long seed) {
        this(seed, Mutation.NONE);
    }

    EngineSimulation(long seed, Mutation mutation) {
        this.mutation = mutation;
        stored = new SimulatedStreams.Stored(mutation);
        scheduler = new SeededScheduler(seed);
        wishes = new Wishes(this);
        callers = new Callers(this, this::bad);
        faulty = scheduler.chance(0.85);
        keeping = new Keeping(
                3,
                scheduler.chance(0.3) ? scheduler.random().nextInt(3) : 5_000,
                scheduler.chance(0.2) ? Duration.ofMillis(300) : null,
                Duration.ofHours(1));
        cluster = new MemoryCluster(scheduler, PARTITIONS, faulty ? HARSH : Faults.NONE);
        reference = new Reference(plans, this::bad);
        cluster.watch(this::appended);
        cluster.watch(new Gates(reference, this::bad)::appended);
        cluster.watch(callers::appended);
        boolean apart = scheduler.chance(0.3);
        int count = 2 + scheduler.random().nextInt(2);
        for (int i = 0; i < count; i++) {
            boolean engine = !apart || i < 2;
            boolean runner = !apart || i > 0;
            nodes.add(new EngineNode(this, "n" + i, WIRE, engine, runner));
        }
    }

    EngineSimulation with(Ambush other) {
        ambush = other;
        return this;
    }

    /** Runs to the end; the violations, none if all held. */
    List<String> run() {
        Ambush set = ambush;
        if (set != null) {
            scheduler.after(
                    30_000, () -> wishes.ask(runs -> runs.start(set.start()), () -> wishes.started.add(Ambush.RUN)));
        }
        int work = 1 + scheduler.random().nextInt(6);
        for (int i = 0; i < work; i++) {
            String id = "r" + i;
            scheduler.between(20_000, FAULTY_MICROS, () -> wishes.start(id));
        }
        if (scheduler.chance(0.3)) {
            scheduler.between(20_000, FAULTY_MICROS, callers::call);
            scheduler.between(20_000, FAULTY_MICROS, callers::call);
        }
        if (faulty) {
            int faults = scheduler.random().nextInt(6);
            for (int i = 0; i < faults; i++) {
                scheduler.between(8_000, FAULTY_MICROS, this::disturb);
            }
        }
        scheduler.after(FAULTY_MICROS, this::heal);
        step(FAULTY_MICROS + 300_000);
        while (violations.isEmpty() && scheduler.nowMicros() < END_MICROS && !quiet()) {
            wishes.nurse();
            step(scheduler.nowMicros() + 100_000);
        }
        step(scheduler.nowMicros() + 100_000); // what was decided last is remembered
        if (violations.isEmpty()) {
            checkEnd();
        }
        return violations;
    }

    /** How many steps forked runs need not go through again. */
    long given() {
        return reference.runs().values().stream()
                .filter(Run::exists)
                .flatMap(
                        run -> run.plan().definition().steps().keySet().stream().map(run::step))
                .filter(StepState::given)
                .count();
    }

    private void step(long untilMicros) {
        boolean more = true;
        while (more && violations.isEmpty()) {
            more = scheduler.step(untilMicros);
        }
    }

    /** Nothing happens any more. */
    private boolean quiet() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Owned owned = owned(partition);
            if (owned == null
                    || !owned.coordinator().acts()
                    || owned.coordinator().waiting() + owned.coordinator().owed() > 0
                    || owned.rows().count('i')
                                    + owned.rows().count('d')
                                    + owned.rows().count('c')
                            > 0
                    || !new Memory(owned.rows(), WIRE).expiries(1_000).stream().allMatch(Expiry::buried)) {
                return false;
            }
        }
        return callers.allAnswered()
                && wishes.started.stream().allMatch(reference::knows)
                && reference.runs().values().stream()
                        .allMatch(run -> !run.exists() || run.status().over());
    }

    // ------------------------------------------------------------------ what happens

    private void disturb() {
        EngineNode node = nodes.get(scheduler.random().nextInt(nodes.size()));
        switch (scheduler.random().nextInt(5)) {
            case 0, 1 -> {
                node.process().kill();
                scheduler.between(2_000, 40_000, node::restart);
            }
            case 2 -> {
                node.process().pause();
                scheduler.between(3_000, 40_000, () -> {
                    node.process().resume();
                    rejoin();
                });
            }
            case 3 -> cluster.group("runner.default").moveOne();
            default -> cluster.group(SimulatedStreams.GROUP).moveOne();
        }
    }

    private void heal() {
        cluster.behave(Faults.NONE);
        for (EngineNode node : nodes) {
            node.restart();
            if (!node.process().running()) {
                node.process().resume();
            }
        }
        for (int i = 1; i <= 5; i++) {
            scheduler.after(i * 60_000L, this::rejoin);
        }
    }

    private void rejoin() {
        cluster.group("runner.default").rejoin();
        cluster.group(SimulatedStreams.GROUP).rejoin();
    }

    /** A tool without side effects may run for what never counts; another one must not. */
    void executing(String node, ToolRequest request) {
        String id = request.getRequestId();
        List<String> before = executed.computeIfAbsent(id, _ -> new ArrayList<>());
        before.add(node);
        if ("idempotent".equals(request.getTool()) && !reference.hasOrdered(id)) {
            bad(id + " is executed, and nothing that counts orders it");
        }
        if (before.size() > 1 && !faulty && ambush == null) {
            bad(id + " is executed by " + before + " though nothing has failed");
        }
    }

    void bad(String violation) {
        violations.add("at " + scheduler.nowMicros() + " µs: " + violation);
    }

    private void appended(Fetched fetched) {
        byte[] value = fetched.record().value();
        if (value != null && fetched.partition().topic().equals(Catalogue.WORKFLOW_COMMAND.name())) {
            asked(value, fetched.offset());
        }
        if (!fetched.partition().topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
            return;
        }
        if (value == null) {
            reference.removed(new String(Objects.requireNonNull(fetched.record().key()), StandardCharsets.UTF_8));
            return;
        }
        try {
            WorkflowEvent event = WIRE.decode(Catalogue.WORKFLOW_EVENT, value);
            reference.read(fetched.partition().number(), fetched.offset(), event);
            if (ambush != null && ambush.springs(event)) {
                nodes.stream()
                        .filter(node -> node.bus().instance().equals(event.getInstance()))
                        .forEach(node -> node.process().kill());
            }
        } catch (UndecodableException e) {
            bad("the journal cannot be read: " + e.getMessage());
        }
    }

    private void asked(byte[] value, long offset) {
        try {
            reference.asked(WIRE.decode(Catalogue.WORKFLOW_COMMAND, value), offset);
        } catch (UndecodableException e) {
            bad("a command cannot be read: " + e.getMessage());
        }
    }

    // ------------------------------------------------------------------ what must hold

    private void checkEnd() {
        for (String id : wishes.started) {
            if (!reference.knows(id)) {
                bad(id + " was acknowledged, and nothing was decided about it");
            }
        }
        wishes.commands.forEach((command, run) -> {
            if (!reference.hasDecided(run, "command/" + command)) {
                bad(command + " was acknowledged, and never decided");
            }
        });
        reference.runs().values().forEach(this::checkRun);
        reference.checkDeleted();
        callers.check(!faulty && ambush == null);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            checkOwner(partition);
        }
    }

    private void checkRun(Run run) {
        if (run.exists() && !run.status().over()) {
            bad(run.id() + " stands still: " + Portrait.of(run));
        }
        RunError error = run.error();
        if (error != null && error.code().equals("BAD_DEFINITION")) {
            bad(run.id() + " cannot be begun: " + error.message());
        }
        if (error != null && error.code().equals("ENGINE_FAULT")) {
            bad(run.id() + " could not be decided: " + error.message());
        }
    }

    /** What the process that has a partition has of it. */
    private record Owned(Coordinator coordinator, MemoryRows rows) {}

    private @Nullable Owned owned(int partition) {
        Owned found = null;
        for (EngineNode node : nodes) {
            SimulatedStreams streams = node.up() ? node.streams() : null;
            Coordinator coordinator = streams == null ? null : streams.coordinator(partition);
            MemoryRows rows = streams == null ? null : streams.rows(partition);
            if (coordinator != null && rows != null) {
                if (found != null) {
                    return null;
                }
                found = new Owned(coordinator, rows);
            }
        }
        return found;
    }

    private void checkOwner(int partition) {
        Owned owned = owned(partition);
        if (owned == null) {
            bad("partition " + partition + " is owned by nobody, or by several");
            return;
        }
        Coordinator coordinator = owned.coordinator();
        if (!coordinator.acts() || coordinator.waiting() > 0 || coordinator.owed() > 0) {
            bad("the owner of " + partition + " acts: " + coordinator.acts() + ", has " + coordinator.waiting()
                    + " tasks waiting, owes " + coordinator.owed());
        }
        Memory memory = new Memory(owned.rows(), WIRE);
        if (!memory.inbox().isEmpty()) {
            bad("the inbox of " + partition + " has " + memory.inbox());
        }
        reference.compare(memory, partition);
    }

    /** What happened, for a person. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (var partition : cluster.written()) {
            cluster.records(partition)
                    .forEach(record -> story.append(RecordPrinter.print(record)).append('\n'));
        }
        reference.story().forEach(line -> story.append(line).append('\n'));
        executed.forEach(
                (id, by) -> story.append(id).append(" executed by ").append(by).append('\n'));
        return story.toString();
    }
}
