package io.breadcrumbs.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformStateTest {

    @TempDir
    private Path folder;

    private final PlatformState here = PlatformState.here("http://h:1", "k:2", "http://r:3", "i", "v");

    @Test
    void shouldFindThePlatformWhoseProcessLives() throws Exception {
        here.write(folder);

        assertThat(PlatformState.read(folder)).hasValue(here);
    }

    @Test
    void shouldNotTakeAnotherProcessWithTheSameNumberForThePlatform() throws Exception {
        long longAgo = here.startedMs() - 3_600_000;
        new PlatformState(here.pid(), longAgo, here.url(), here.kafka(), here.registry(), "i", "v").write(folder);

        assertThat(PlatformState.read(folder)).isEmpty();
    }

    @Test
    void shouldFindNoneWhereNobodyWroteOrHalfAStateWasWritten() throws Exception {
        assertThat(PlatformState.read(folder)).isEmpty();
        Files.writeString(folder.resolve("platform.json"), "{\"pid\":");

        assertThat(PlatformState.read(folder)).isEmpty();
    }
}
