package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.data.PlatformState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warning in the platform's log means something. */
class PlatformLogIT {

    @TempDir
    private Path temp;

    @Test
    void shouldWarnOfNothingWhenItStartsAnewStartsAgainAndStops() throws Exception {
        Path data = temp.resolve("data");

        for (int i = 0; i < 2; i++) {
            try (PlatformProcess platform = PlatformProcess.start(data)) {
                platform.crumb("down");
            }
        }

        assertThat(Files.readAllLines(data.resolve(PlatformState.LOG)))
                .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .isEmpty();
    }
}
