package io.breadcrumbs.local.kill.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every run ends as it should though engines and runners are killed; {@code -Dkills=30} is the long form. */
class EngineKillIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void shouldEndEachRunOnceAndRightlyWhenEnginesAndRunnersAreKilled() throws Exception {
        // Given
        int kills = Integer.getInteger("kills", 2);

        // When
        EngineVerdict verdict = EngineKillCheck.run(kills, folder);

        // Then
        System.out.println(kills + " kills of engines and runners: " + verdict);
        assertThat(verdict.faults()).isEmpty();
    }
}
