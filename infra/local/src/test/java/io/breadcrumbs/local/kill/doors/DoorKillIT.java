package io.breadcrumbs.local.kill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorKillIT {

    private static final int KILLS = 3;

    @Test
    void shouldKeepWhatDoorsHaveAnsweredThoughTheyAreKilled(@TempDir Path folder)
            throws IOException, InterruptedException {
        DoorKillCheck.Verdict verdict = DoorKillCheck.run(KILLS, folder);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.streams()).isGreaterThan(verdict.runs()); // some were cut off
    }
}
