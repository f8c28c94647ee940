package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process of the simulation: an engine, a runner, or both. */
final class EngineNode {

    private final EngineSimulation simulation;
    private final String name;
    private final Wire wire;
    private final boolean engine;
    private final boolean runner;
    private int life;
    private MemoryProcess process;
    private MemoryBus bus;
    private @Nullable SimulatedStreams streams;

    EngineNode(EngineSimulation simulation, String name, Wire wire, boolean engine, boolean runner) {
        this.simulation = simulation;
        this.name = name;
        this.wire = wire;
        this.engine = engine;
        this.runner = runner;
        process = simulation.cluster.process(name + ".0");
        bus = MemoryBus.in(process, wire, simulation.scheduler);
        boot();
    }

    private void boot() {
        if (runner) {
            new SimulatedRunner(simulation, process, bus);
        }
        if (engine) {
            Hasty.on(simulation, this);
            Coordinators coordinators = new Coordinators(new Surroundings(
                    bus,
                    new Wrong(
                            process,
                            Duration.ofMillis(simulation.scheduler.random().nextInt(600) - 300)),
                    process::execute,
                    this::tool,
                    RandomWorkflow::stored,
                    List::of,
                    simulation.plans,
                    simulation.keeping));
            streams = new SimulatedStreams(simulation.cluster, process, wire, simulation.stored, coordinators);
        }
    }

    /** A clock that is not right: for a run that changes its owner, time may go backwards. */
    private record Wrong(Time right, Duration by) implements Time {

        @Override
        public Instant now() {
            return right.now().plus(by);
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            return right.after(delay, task);
        }
    }

    private Facts.Tool tool(String name, @Nullable String version) {
        boolean pure = !name.equals("idempotent") || simulation.mutation == Mutation.ALL_AHEAD;
        return new Facts.Tool("1", "default", pure);
    }

    MemoryProcess process() {
        return process;
    }

    MemoryBus bus() {
        return bus;
    }

    boolean up() {
        return process.running();
    }

    @Nullable
    SimulatedStreams streams() {
        return streams;
    }

    /** A new process in this place, if the old one is dead. */
    void restart() {
        if (!process.alive()) {
            life++;
            process = simulation.cluster.process(name + "." + life);
            bus = MemoryBus.in(process, wire, simulation.scheduler);
            boot();
        }
    }
}
