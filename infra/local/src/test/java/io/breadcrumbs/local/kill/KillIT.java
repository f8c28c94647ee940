package io.breadcrumbs.local.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the log acknowledged survives the kill of whoever was to handle it; {@code -Dkills=20} is the long form. */
class KillIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void shouldLoseNothingAcknowledgedAndRepeatOnlyWhatWasOpenWhenProcessesAreKilled() throws Exception {
        // Given
        int kills = Integer.getInteger("kills", 3);

        // When
        Verdict verdict = KillCheck.run(kills, folder);

        // Then
        System.out.println(kills + " kills: " + verdict);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.eager()).isPositive();
    }
}
