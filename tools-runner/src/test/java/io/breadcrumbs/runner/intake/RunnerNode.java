package io.breadcrumbs.runner.intake;

import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One process of the simulation: a runner whose tools take simulated time. */
final class RunnerNode {

    static final String GROUP = "runner.default";
    private static final int ROOM = 3;
    private static final int PER_TOOL = 1;
    private static final int PER_WORKSPACE = 2;
    private static final SideEffects BOUNDED = SideEffects.IDEMPOTENT;
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final RunnerSimulation simulation;
    private final String name;
    private final Wire wire;
    private int life;
    private MemoryProcess process;
    private MemoryBus bus;
    private Runner runner;
    private boolean left;
    private long startedMicros;
    private final List<Work> computing = new ArrayList<>();

    RunnerNode(RunnerSimulation simulation, String name, Wire wire) {
        this.simulation = simulation;
        this.name = name;
        this.wire = wire;
        this.process = simulation.cluster.process(name + ".0");
        this.bus = MemoryBus.in(process, wire, simulation.scheduler);
        this.runner = start();
    }

    static String tool(SideEffects effects) {
        return "tool-" + effects;
    }

    MemoryProcess process() {
        return process;
    }

    boolean up() {
        return process.running();
    }

    /** A new process in this place, if the old one is dead. */
    void restart() {
        if (!process.alive()) {
            life++;
            left = false;
            computing.clear();
            process = simulation.cluster.process(name + "." + life);
            bus = MemoryBus.in(process, wire, simulation.scheduler);
            runner = start();
        }
    }

    private Runner start() {
        startedMicros = simulation.scheduler.nowMicros();
        List<Nothing> tools =
                Arrays.stream(SideEffects.values()).map(Nothing::new).toList();
        return new Runner(
                bus,
                new RunnerSettings(Set.of("default"), ROOM).withPerWorkspace(PER_WORKSPACE),
                new JavaTools(tools),
                List.of(),
                new Intake.Surroundings(
                        this::execution, process, process::execute, new Silent(), simulation.mechanism));
    }

    /** A clean stop: the runner leaves its pools, and a while later the process ends. */
    void leave() {
        if (up() && !left) {
            left = true;
            runner.close();
            simulation.scheduler.after(10_000, process::kill);
        }
    }

    void publish(ToolRequest request, Runnable acknowledged) {
        bus.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request).whenComplete((_, failure) -> {
            if (failure == null) {
                acknowledged.run();
            }
        });
    }

    void cancel(ToolCancel cancel) {
        bus.publish(Catalogue.TOOL_CANCEL, cancel.getMeta().getId(), cancel);
    }

    void checkEnd() {
        if (!runner.desk().occupancy().equals(Occupancy.NONE) || bus.openRecords() != 0) {
            simulation.bad(process.name() + " is left with " + runner.desk().occupancy() + " and " + bus.openRecords()
                    + " open records");
        }
    }

    /** It has a slot from now on. */
    private void computes(Work work) {
        computing.add(work);
        long tool = computing.stream()
                .filter(other -> other.tool().equals(work.tool()))
                .count();
        String workspace = work.request().getMeta().getWorkspace();
        long inWorkspace = computing.stream()
                .filter(other -> other.request().getMeta().getWorkspace().equals(workspace))
                .count();
        boolean bounded = work.request().getSideEffects() == BOUNDED;
        if (computing.size() > ROOM || inWorkspace > PER_WORKSPACE || (bounded && tool > PER_TOOL)) {
            simulation.bad(process.name() + " executes " + computing.size() + " at once, " + tool + " of "
                    + work.request().getTool() + " and " + inWorkspace + " of workspace " + workspace);
        }
    }

    private Executions.Execution execution(Work work, Consumer<Outcome> then) {
        return new Timed(work, then);
    }

    /** An execution in simulated time. */
    private final class Timed implements Executions.Execution {

        private final MemoryProcess in = process;
        private final Work work;
        private final Consumer<Outcome> then;
        private boolean stopped;
        private boolean over;

        Timed(Work work, Consumer<Outcome> then) {
            this.work = work;
            this.then = then;
        }

        @Override
        public void run() {
            if (stopped) {
                end();
                return;
            }
            if (left) {
                simulation.bad(in.name() + " executes " + work.request().getRequestId() + " though its runner ended");
            }
            simulation.executing(in.name(), startedMicros, work.request().getRequestId());
            computes(work);
            boolean waits = simulation.scheduler.chance(0.3);
            if (waits) {
                computing.remove(work);
                work.slot().giveBack();
            }
            in.after(Duration.ofNanos(simulation.scheduler.random().nextInt(8_000_000)), () -> {
                if (waits && !over) {
                    work.slot().takeAgain(() -> {
                        if (!over) {
                            computes(work);
                        }
                        in.after(Duration.ofNanos(500_000), this::end);
                    });
                } else {
                    end();
                }
            });
        }

        @Override
        public void stop() {
            stopped = true;
            in.after(Duration.ofNanos(50_000), this::end);
        }

        private void end() {
            if (!over) {
                over = true;
                computing.remove(work);
                then.accept(
                        simulation.scheduler.chance(0.2)
                                ? new Outcome.Failure(ToolFailure.of(ErrorKind.RUNTIME, "CHANCE", "by chance")
                                        .toError())
                                : new Outcome.Success("{}"));
            }
        }
    }

    /** The spec of a tool whose work is simulated. */
    private record Nothing(SideEffects effects) implements Tool<Nothing.In, Nothing.In> {

        record In() {}

        @Override
        public ToolSpec<In, In> spec() {
            return ToolSpec.of(tool(effects), "Takes its time.", In.class, In.class)
                    .concurrency(effects == BOUNDED ? PER_TOOL : 0)
                    .effects(effects)
                    .timeout(TIMEOUT);
        }

        @Override
        public In execute(In input, ToolContext context) {
            throw new IllegalStateException("its work is simulated");
        }
    }

    private static final class Silent implements Observer {

        @Override
        public void answered(Work work, ToolResponse response) {
            // the simulation reads the log
        }

        @Override
        public void clings(Work work) {
            throw new IllegalStateException("a simulated tool always ends");
        }
    }
}
