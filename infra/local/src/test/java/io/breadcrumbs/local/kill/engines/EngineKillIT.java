package io.breadcrumbs.local.kill.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.kill.engines.EngineKillCheck.Plan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every run ends as it should though engines, runners and brokers are killed; {@code infra/interop/kill-engines} is the
 * long form, and {@code -Dkill.seed=N} kills in the same order again.
 */
class EngineKillIT {

    private static final int BROKERS = 3;
    private static final int RUNS_A_SECOND = 20;

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void c10EndsEachRunOnceAndRightlyWhenEnginesRunnersAndBrokersAreKilled() throws Exception {
        // Given
        long seed = Long.getLong("kill.seed", System.currentTimeMillis() % 1_000_000);
        Duration lasts = Duration.ofSeconds(Integer.getInteger("kill.seconds", 35));
        System.out.println("engines, runners and brokers are killed by seed " + seed);

        // When
        EngineVerdict verdict =
                EngineKillCheck.run(new Plan(lasts, BROKERS, RUNS_A_SECOND, seed), folder, System.out::println);

        // Then
        System.out.println(verdict);
        assertThat(verdict.faults()).isEmpty();
    }
}
