package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.runs.Forked;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What users of a simulation ask for, and what of it was acknowledged. */
final class Wishes {

    /** Runs whose start is durable. */
    final Set<String> started = new HashSet<>();
    /** Starts and forks that are durable, and their runs. */
    final Map<String, String> commands = new HashMap<>();

    private final EngineSimulation simulation;
    private final SeededScheduler scheduler;
    private final RandomWorkflow workflows;

    Wishes(EngineSimulation simulation) {
        this.simulation = simulation;
        this.scheduler = simulation.scheduler;
        this.workflows = new RandomWorkflow(scheduler.random());
    }

    /** Starts a run, and asks for this and that about it. */
    void start(String id) {
        boolean alone = scheduler.chance(0.5);
        boolean drawn = alone || simulation.mutation == Mutation.ALL_DRAWN;
        Start start = start(id, drawn, "{\"x\":1}");
        ask(runs -> runs.start(start), () -> {
            started.add(id);
            commands.put(id + "/start", id);
        });
        if (scheduler.chance(0.1)) { // somebody else takes the id that a child would have
            String taken = Place.of(RandomWorkflow.STEPS.getFirst()).child(id, 1);
            Start other = Start.of(taken, workflows.source(), "{}");
            scheduler.between(0, 10_000, () -> ask(runs -> runs.start(other), () -> started.add(taken)));
        }
        if (!alone && scheduler.chance(0.5)) { // again, or another one, from somebody else
            Start again = scheduler.chance(0.3) ? start : start(id, drawn, "{\"x\":2}");
            scheduler.between(
                    0,
                    scheduler.chance(0.5) ? 2_000 : 30_000,
                    () -> ask(runs -> runs.start(again), () -> {
                        started.add(id);
                    }));
        }
        int more = scheduler.random().nextInt(3);
        for (int i = 0; i < more; i++) {
            int atOnce = scheduler.chance(0.2) ? 4 : 1;
            scheduler.between(0, 60_000, () -> {
                for (int one = 0; one < atOnce; one++) {
                    command(id);
                }
            });
        }
    }

    private Start start(String id, boolean drawn, String input) {
        String source = workflows.source();
        return drawn ? Start.drawn(id, source, input) : Start.of(id, source, input);
    }

    private void command(String id) {
        switch (scheduler.random().nextInt(8)) {
            case 0 -> ask(runs -> runs.cancel(id, "enough"), () -> {});
            case 1 -> ask(runs -> runs.pause(id), () -> {});
            case 2 -> ask(runs -> runs.resume(id), () -> {});
            case 3 -> ask(runs -> runs.retry(id), () -> {});
            case 4 -> fork(id);
            case 5, 6 -> {
                ask(runs -> runs.delete(id), () -> {});
                scheduler.between(0, 200_000, () -> ask(runs -> runs.delete(id), () -> {}));
            }
            default -> ask(runs -> runs.signal(id, "go", null, "{\"by\":\"signal\"}"), () -> {});
        }
    }

    /** Forks a run as it stands then. What is refused was never asked for. */
    private void fork(String id) {
        String forkId = id + "-fork";
        Fork fork =
                Fork.of(forkId, id, RandomWorkflow.STEPS.get(scheduler.random().nextInt(RandomWorkflow.STEPS.size())));
        ask(
                runs -> runs.fork(fork).thenAccept(what -> {
                    if (what instanceof Forked.Published) {
                        started.add(forkId);
                        commands.put(forkId + "/start", forkId);
                    }
                }),
                () -> {});
    }

    /** What waits for people goes on, when all is well again. */
    void nurse() {
        for (Run run : List.copyOf(simulation.reference.runs().values())) {
            String id = run.id();
            if (!run.exists() || run.status().over()) {
                continue;
            }
            if (run.status() == RunStatus.PAUSED) {
                ask(runs -> runs.resume(id), () -> {});
            }
            for (Step step : run.plan().definition().steps().values()) {
                if (run.step(step.id()).status() == StepStatus.WAITING) {
                    ask(runs -> runs.approve(id, step.id(), null), () -> {});
                    ask(runs -> runs.signal(id, "go", null, "{}"), () -> {});
                }
            }
        }
    }

    void ask(Function<Runs, CompletableFuture<?>> what, Runnable acknowledged) {
        List<EngineNode> able = simulation.nodes.stream().filter(EngineNode::up).toList();
        if (able.isEmpty()) {
            return;
        }
        EngineNode node = able.get(scheduler.random().nextInt(able.size()));
        what.apply(new Runs(node.bus(), "simulation", Runnable::run)).whenComplete((_, failure) -> {
            if (failure == null) {
                acknowledged.run();
            }
        });
    }
}
