package io.breadcrumbs.local.kill.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every request has one answer though runners are killed; {@code -Dkills=20} is the long form. */
class RunnerKillIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void shouldAnswerEachRequestOnceAndRepeatNothingThatMustNotBeWhenRunnersAreKilled() throws Exception {
        // Given
        int kills = Integer.getInteger("kills", 2);

        // When
        RunnerVerdict verdict = RunnerKillCheck.run(kills, folder);

        // Then
        System.out.println(kills + " kills of runners: " + verdict);
        assertThat(verdict.faults()).isEmpty();
    }
}
