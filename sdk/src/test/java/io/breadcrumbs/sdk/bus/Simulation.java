package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.RecordPrinter;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One seed: a cluster of some instances that publish work to a group and answer it, with a random series of faults, and
 * what must hold after every step and at the end. Small records stand for requests (their key is the work's id) and for
 * answers (on another topic, with the same key).
 */
final class Simulation {

    static final Topic<DeadLetter> WORK = Catalogue.DEAD_LETTER;
    static final String GROUP = "workers";
    static final int PARTITIONS = 2;
    private static final Faults HARSH = new Faults(0.03, 0.03, 0.02, 0.05, 0.05, 0.1, 30_000);
    private static final Faults MILD = new Faults(0, 0, 0, 0.05, 0.02, 0.02, 30_000);
    private static final long FAULTY_MICROS = 150_000;
    static final long COMMIT_LAG_MICROS = 60_000;
    private static final long END_MICROS = 900_000;
    private static final Wire WIRE = MemoryBus.wire();

    final SeededScheduler scheduler;
    final MemoryCluster cluster;
    final LaneBus.Mechanism mechanism;
    final boolean doneEarly;
    final List<String> violations = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<String, List<Handling>> handled = new LinkedHashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> logged = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> excused = new HashSet<>();
    /** Work that was handed over eagerly and answered before its own append was executed. */
    private final Set<String> early = new HashSet<>();
    /** Work that somebody handled who had lost its partition and had not heard of it. */
    private final Set<String> strayed = new HashSet<>();

    private final List<Long> disturbances = new ArrayList<>();
    private final boolean faulty;
    private int published;

    /** One time that one node handled a piece of work; to the end that it knows of. */
    record Handling(String node, long fromMicros) {}

    Simulation(long seed, LaneBus.Mechanism mechanism, boolean doneEarly) {
        this.mechanism = mechanism;
        this.doneEarly = doneEarly;
        scheduler = new SeededScheduler(seed);
        faulty = scheduler.chance(0.8);
        cluster = new MemoryCluster(scheduler, PARTITIONS, faulty && scheduler.chance(0.7) ? HARSH : MILD);
        cluster.watch(this::appended);
        int count = 2 + scheduler.random().nextInt(2);
        for (int i = 0; i < count; i++) {
            nodes.add(new SimulatedNode(this, "n" + i, WIRE));
        }
    }

    /** Runs to the end; the violations, none if all held. */
    List<String> run() {
        int work = 10 + scheduler.random().nextInt(40);
        for (int i = 0; i < work; i++) {
            scheduler.between(5_000, FAULTY_MICROS, this::publishOne);
        }
        if (faulty) {
            int faults = scheduler.random().nextInt(5);
            for (int i = 0; i < faults; i++) {
                scheduler.between(5_000, FAULTY_MICROS, this::disturb);
            }
        }
        scheduler.after(FAULTY_MICROS, this::heal);
        while (step() && violations.isEmpty()) {
            checkBounds();
        }
        if (violations.isEmpty()) {
            checkEnd();
        }
        return violations;
    }

    private boolean step() {
        try {
            return scheduler.step(END_MICROS);
        } catch (SimulatedNode.ReceiverFailure e) {
            return true; // as in a real loop: the step has failed, the next follows
        } catch (AssertionError e) {
            bad(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void publishOne() {
        List<SimulatedNode> able = nodes.stream().filter(SimulatedNode::up).toList();
        if (!able.isEmpty()) {
            able.get(scheduler.random().nextInt(able.size())).publishWork("w" + published++);
        }
    }

    private void disturb() {
        SimulatedNode node = nodes.get(scheduler.random().nextInt(nodes.size()));
        disturbances.add(scheduler.nowMicros());
        switch (scheduler.random().nextInt(4)) {
            case 0 -> {
                node.kill();
                scheduler.between(2_000, 40_000, () -> restart(node));
            }
            case 1 -> {
                node.pause();
                scheduler.between(3_000, 40_000, () -> {
                    disturbances.add(scheduler.nowMicros());
                    node.process().resume();
                    cluster.group(GROUP).rejoin();
                });
            }
            default -> cluster.group(GROUP).moveOne();
        }
    }

    private void restart(SimulatedNode node) {
        if (!node.process().alive()) {
            node.start();
        }
    }

    private void heal() {
        cluster.behave(Faults.NONE);
        for (SimulatedNode node : nodes) {
            restart(node);
            if (!node.process().running()) {
                node.process().resume();
            }
        }
        disturbances.add(scheduler.nowMicros());
        scheduler.after(60_000, () -> cluster.group(GROUP).rejoin());
        scheduler.after(120_000, () -> cluster.group(GROUP).rejoin());
    }

    // ------------------------------------------------------------------ what happens

    void acknowledged(String work) {
        acknowledged.add(work);
    }

    /**
     * What somebody who is given this partition now must not repeat. Not what was answered before its own append was
     * executed: that may be after the owner after next took over. Nor what a zombie answered: an owner says where
     * answers to its own work may stand.
     */
    Set<String> answeredBefore(Partition partition) {
        Commit commit = cluster.group(GROUP).committed().get(partition);
        boolean saysWhere = commit != null && DoneOffsets.of(commit).answerEnds().length == PARTITIONS;
        if (!saysWhere) {
            return Set.of();
        }
        Set<String> before = new HashSet<>(answered);
        before.removeAll(early);
        before.removeAll(strayed);
        return before;
    }

    boolean isExcused(String work) {
        return excused.contains(work);
    }

    boolean isAcknowledged(String work) {
        return acknowledged.contains(work);
    }

    boolean inLog(String work) {
        return logged.contains(work);
    }

    /** Somebody crashed, or lost its partition, while it had this work: it may be handled again. */
    void excuse(String work) {
        excused.add(work);
    }

    /** A node begins to handle a piece of work. */
    void handling(MemoryProcess process, String work, Partition partition) {
        List<Handling> before = handled.computeIfAbsent(work, _ -> new ArrayList<>());
        boolean stale = !process.equals(cluster.group(GROUP).owner(partition));
        if (!before.isEmpty() && !stale && !excused.contains(work)) {
            bad(work + " is handled by " + process.name() + ", before by " + before + ", who has kept its partition");
        }
        if (stale) {
            excuse(work); // the owner will handle it too
            strayed.add(work);
        }
        before.add(new Handling(process.name(), scheduler.nowMicros()));
    }

    void bad(String violation) {
        violations.add("at " + scheduler.nowMicros() + " µs: " + violation);
    }

    private void appended(Fetched fetched) {
        String key = new String(fetched.record().key(), java.nio.charset.StandardCharsets.UTF_8);
        if (fetched.partition().topic().equals(WORK.name())) {
            logged.add(key);
        } else {
            answered.add(key);
            if (!logged.contains(key)) {
                early.add(key);
            }
        }
    }

    // ------------------------------------------------------------------ what must hold

    private void checkBounds() {
        for (SimulatedNode node : nodes) {
            node.checkBounds();
        }
        cluster.group(GROUP).committed().forEach(this::checkCommit);
    }

    private final Map<Partition, Commit> checked = new HashMap<>();

    /** What is committed as done has its answer in the log. */
    private void checkCommit(Partition partition, Commit commit) {
        if (commit.equals(checked.put(partition, commit))) {
            return;
        }
        DoneOffsets done = DoneOffsets.of(commit);
        List<Fetched> log = cluster.records(partition);
        for (int offset = 0; offset < log.size(); offset++) {
            String work = new String(log.get(offset).record().key(), java.nio.charset.StandardCharsets.UTF_8);
            if (done.contains(offset) && !answered.contains(work)) {
                bad(partition + "@" + offset + " (" + work + ") is committed as done and has no answer");
            }
        }
    }

    private void checkEnd() {
        for (String work : acknowledged) {
            if (!handled.containsKey(work)) {
                bad(work + " was acknowledged and never handled");
            } else if (!answered.contains(work)) {
                bad(work + " was acknowledged and never answered");
            }
        }
        for (int number = 0; number < PARTITIONS; number++) {
            Partition partition = new Partition(WORK.name(), number);
            Commit commit = cluster.group(GROUP).committed().get(partition);
            int end = cluster.records(partition).size();
            if (end > 0 && (commit == null || commit.offset() != end)) {
                bad(partition + " has " + end + " records, committed is " + commit);
            }
        }
        nodes.forEach(SimulatedNode::checkEnd);
        checkRecords();
    }

    /** Nobody changed a record that was handed over. */
    private void checkRecords() {
        try {
            cluster.checkRecords();
        } catch (AssertionError e) {
            bad(String.valueOf(e.getMessage()));
        }
    }

    /** The log, for a person. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (Partition partition : cluster.written()) {
            cluster.records(partition)
                    .forEach(record -> story.append(RecordPrinter.print(record)).append('\n'));
        }
        handled.forEach((work, times) ->
                story.append(work).append(" handled by ").append(times).append('\n'));
        story.append("disturbed at ").append(disturbances).append('\n');
        return story.toString();
    }
}
