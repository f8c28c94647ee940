package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.bus.Mutations.Mutation;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bus under thousands of random schedules, and broken variants of it that must be caught.
 *
 * <p>{@code -Dsimulation.seed=N} replays one seed and prints its log; {@code -Dsimulation.seeds=N} runs more of them.
 */
class SimulationTest {

    private static final long SEEDS = Long.getLong("simulation.seeds", 2_500);
    private static final long MUTATION_SEEDS = 200;

    @Test
    void shouldLoseNothingAndRepeatNothingUnderAnySchedule() {
        Long replay = Long.getLong("simulation.seed");
        if (replay != null) {
            Simulation simulation = new Simulation(replay, LaneBus.Mechanism.SOUND, false);
            List<String> violations = simulation.run();
            assertThat(violations).as(simulation.story()).isEmpty();
            return;
        }
        List<Long> failing = LongStream.range(0, SEEDS)
                .filter(seed -> !new Simulation(seed, LaneBus.Mechanism.SOUND, false)
                        .run()
                        .isEmpty())
                .limit(3)
                .boxed()
                .toList();
        assertThat(failing)
                .as(() -> "failing seeds; replay one with -Dtest=SimulationTest -Dsimulation.seed=N\n"
                        + describe(failing.getFirst()))
                .isEmpty();
    }

    private static String describe(long seed) {
        Simulation simulation = new Simulation(seed, LaneBus.Mechanism.SOUND, false);
        List<String> violations = simulation.run();
        return "seed " + seed + ": " + violations + "\n" + simulation.story();
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void shouldCatchEachBrokenRule(Mutation mutation) {
        LongStream seeds = LongStream.range(0, MUTATION_SEEDS);
        assertThat(seeds.anyMatch(
                        seed -> !new Simulation(seed, Mutations.with(mutation), mutation == Mutation.DONE_BEFORE_ANSWER)
                                .run()
                                .isEmpty()))
                .as("a bus with %s is caught within %s seeds", mutation, MUTATION_SEEDS)
                .isTrue();
    }
}
