package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
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
 * One seed: runners that serve one pool, requests of all kinds and repeated ones, cancels, and a random series of
 * crashes, pauses and rebalances; and what must hold at the end.
 */
final class RunnerSimulation {

    static final int PARTITIONS = 2;
    private static final List<SideEffects> CLASSES = List.of(SideEffects.values());
    private static final Faults HARSH = new Faults(0.03, 0.03, 0.02, 0.05, 0.05, 0.1, 30_000);
    private static final long FAULTY_MICROS = 150_000;
    private static final long END_MICROS = 3_000_000;
    private static final String RUN = "run";
    private static final int SEQUENCES = 20;
    private static final Wire WIRE = MemoryBus.wire();

    final SeededScheduler scheduler;
    final MemoryCluster cluster;
    final Intake.Mechanism mechanism;
    final List<String> violations = new ArrayList<>();
    private final List<RunnerNode> nodes = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, ToolRequest> requests = new LinkedHashMap<>();
    private final Map<String, List<ToolResponse>> answers = new HashMap<>();
    private final Map<String, List<String>> executed = new HashMap<>();
    private final List<Cancelled> cancels = new ArrayList<>();
    private final boolean faulty;

    RunnerSimulation(long seed, Intake.Mechanism mechanism) {
        this.mechanism = mechanism;
        scheduler = new SeededScheduler(seed);
        faulty = scheduler.chance(0.8);
        cluster = new MemoryCluster(scheduler, PARTITIONS, faulty ? HARSH : Faults.NONE);
        cluster.watch(this::appended);
        int count = 2 + scheduler.random().nextInt(2);
        for (int i = 0; i < count; i++) {
            nodes.add(new RunnerNode(this, "r" + i, WIRE));
        }
    }

    /** Runs to the end; the violations, none if all held. */
    List<String> run() {
        int work = 5 + scheduler.random().nextInt(25);
        for (int i = 0; i < work; i++) {
            String id = "q" + i;
            scheduler.between(8_000, FAULTY_MICROS, () -> ask(id));
        }
        if (faulty) {
            int faults = scheduler.random().nextInt(5);
            for (int i = 0; i < faults; i++) {
                scheduler.between(8_000, FAULTY_MICROS, this::disturb);
            }
        }
        scheduler.after(FAULTY_MICROS, this::heal);
        boolean more = true;
        while (more && violations.isEmpty()) {
            more = scheduler.step(END_MICROS);
        }
        if (violations.isEmpty()) {
            checkEnd();
        }
        return violations;
    }

    private void ask(String id) {
        List<RunnerNode> able = nodes.stream().filter(RunnerNode::up).toList();
        if (able.isEmpty()) {
            return;
        }
        SideEffects effects = CLASSES.get(scheduler.random().nextInt(CLASSES.size()));
        ToolRequest request = request(id, effects);
        requests.put(id, request);
        able.get(scheduler.random().nextInt(able.size())).publish(request, () -> acknowledged.add(id));
        if (scheduler.chance(0.2)) { // from somebody else, or again from the same
            scheduler.between(0, 40_000, () -> someNode(request));
        }
        if (scheduler.chance(0.15)) {
            scheduler.between(0, 20_000, () -> cancel(id));
        }
    }

    private void someNode(ToolRequest request) {
        nodes.stream().filter(RunnerNode::up).findFirst().ifPresent(node -> node.publish(request, () -> {}));
    }

    private void cancel(String id) {
        ToolCancel.Builder cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, "cancel-" + id, "default", "simulation", scheduler.now()))
                .setReason("enough");
        if (scheduler.chance(0.5)) {
            cancel.setRequestId(id);
        } else {
            cancel.setRunId(RUN).setJournalSequence(scheduler.random().nextInt(SEQUENCES));
        }
        publish(cancel.build());
    }

    private void publish(ToolCancel cancel) {
        nodes.stream().filter(RunnerNode::up).findFirst().ifPresent(node -> node.cancel(cancel));
    }

    private ToolRequest request(String id, SideEffects effects) {
        return ToolRequest.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.TOOL_REQUEST,
                        id,
                        scheduler.chance(0.7) ? "busy" : "quiet",
                        "simulation",
                        scheduler.now()))
                .setRequestId(id)
                .setTool(scheduler.chance(0.1) ? "nothing" : RunnerNode.tool(effects))
                .setInput(scheduler.chance(0.1) ? "{\"wrong\":1}" : "{}")
                .setSideEffects(effects)
                .setRunId(scheduler.chance(0.3) ? RUN : null)
                .setJournalSequence(scheduler.random().nextInt(SEQUENCES))
                .build();
    }

    private void disturb() {
        RunnerNode node = nodes.get(scheduler.random().nextInt(nodes.size()));
        switch (scheduler.random().nextInt(5)) {
            case 0 -> {
                node.process().kill();
                scheduler.between(2_000, 40_000, node::restart);
            }
            case 1 -> {
                node.process().pause();
                scheduler.between(3_000, 40_000, () -> {
                    node.process().resume();
                    rejoin();
                });
            }
            case 2 -> {
                node.leave();
                scheduler.between(12_000, 40_000, node::restart);
            }
            default -> cluster.group(RunnerNode.GROUP).moveOne();
        }
    }

    private void heal() {
        cluster.behave(Faults.NONE);
        for (RunnerNode node : nodes) {
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
        cluster.group(RunnerNode.GROUP).rejoin();
    }

    // ------------------------------------------------------------------ what happens

    /** @param startedMicros when the runner began: it knows all cancels that were in the log then */
    void executing(String node, long startedMicros, String id) {
        boolean unwanted =
                cancels.stream().anyMatch(cancel -> cancel.atMicros() < startedMicros && cancel.means(requested(id)));
        if (unwanted) {
            bad(node + " executes " + id + ", which was cancelled before it began");
        }
        List<String> before = executed.computeIfAbsent(id, _ -> new ArrayList<>());
        before.add(node);
        SideEffects effects = requested(id).getSideEffects();
        if (before.size() > 1 && (effects == SideEffects.ONCE || !faulty)) {
            bad(id + " (" + effects + ") is executed by " + before);
        }
    }

    private ToolRequest requested(String id) {
        ToolRequest request = requests.get(id);
        if (request == null) {
            throw new IllegalStateException("nobody asked for " + id);
        }
        return request;
    }

    void bad(String violation) {
        violations.add("at " + scheduler.nowMicros() + " µs: " + violation);
    }

    private void appended(Fetched fetched) {
        String topic = fetched.partition().topic();
        byte[] value = fetched.record().value();
        if (value == null) {
            return;
        }
        try {
            if (topic.equals(Catalogue.TOOL_RESPONSE.name())) {
                ToolResponse answer = WIRE.decode(Catalogue.TOOL_RESPONSE, value);
                answers.computeIfAbsent(answer.getRequestId(), _ -> new ArrayList<>())
                        .add(answer);
            } else if (topic.equals(Catalogue.TOOL_CANCEL.name())) {
                cancels.add(new Cancelled(WIRE.decode(Catalogue.TOOL_CANCEL, value), scheduler.nowMicros()));
            }
        } catch (UndecodableException e) {
            bad("a record of " + topic + " cannot be read: " + e.getMessage());
        }
    }

    /** A cancel that the log has. */
    private record Cancelled(ToolCancel cancel, long atMicros) {

        boolean means(ToolRequest request) {
            boolean byRun = RUN.equals(cancel.getRunId())
                    && RUN.equals(request.getRunId())
                    && request.getJournalSequence() < cancel.getJournalSequence();
            return byRun || request.getRequestId().equals(cancel.getRequestId());
        }
    }

    // ------------------------------------------------------------------ what must hold

    private void checkEnd() {
        for (String id : acknowledged) {
            List<ToolResponse> all = answers.getOrDefault(id, List.of());
            if (all.isEmpty()) {
                bad(id + " was acknowledged and never answered");
            } else {
                checkAnswer(id, all.getFirst());
            }
        }
        nodes.forEach(RunnerNode::checkEnd);
    }

    private void checkAnswer(String id, ToolResponse answer) {
        ToolRequest request = requested(id);
        ErrorKind kind = answer.getError() == null ? null : answer.getError().getKind();
        boolean ran = executed.containsKey(id);
        if (kind == null && !ran) {
            bad(id + " has an output and was never executed");
        } else if ("nothing".equals(request.getTool()) && kind != ErrorKind.NOT_FOUND && kind != ErrorKind.CANCELLED) {
            bad(id + " asks for a tool that does not exist, and is answered " + kind);
        } else if (kind == ErrorKind.OUTCOME_UNKNOWN && (!faulty || request.getSideEffects() != SideEffects.ONCE)) {
            bad(id + " has an unknown outcome, though nobody crashed or it may be repeated");
        } else if (kind == ErrorKind.CANCELLED && cancels.stream().noneMatch(cancel -> cancel.means(request))) {
            bad(id + " was cancelled, though no cancel means it");
        } else if (kind == ErrorKind.TIMEOUT) {
            bad(id + " timed out, though no tool takes so long");
        }
    }

    /** The log, for a person. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (var partition : cluster.written()) {
            cluster.records(partition)
                    .forEach(record -> story.append(RecordPrinter.print(record)).append('\n'));
        }
        executed.forEach(
                (id, by) -> story.append(id).append(" executed by ").append(by).append('\n'));
        return story.toString();
    }
}
