package io.breadcrumbs.local.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {

    @Test
    void shouldSayWhatEachRunLeftBehind() {
        Footprint before = new Footprint(Map.of("journal", 1_000L, "quiet", 50L), 500);
        Footprint after = new Footprint(Map.of("journal", 3_000L, "quiet", 50L, "new", 400L), 2_500);

        assertThat(after.each(before, 10))
                .containsExactly(
                        "a run leaves 240 bytes on the brokers: journal 200, new 40",
                        "and 200 bytes in the engine's folder, of 10 runs");
    }
}
