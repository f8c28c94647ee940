package io.breadcrumbs.local.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {

    @Test
    void shouldSayWhatEachRunLeftBehind() {
        Footprint before = new Footprint(Map.of("journal", 1_000L, "quiet", 50L));
        Footprint after = new Footprint(Map.of("journal", 3_000L, "quiet", 50L, "new", 400L));

        assertThat(after.each(before, 10)).isEqualTo("a run leaves 240 bytes on the brokers: journal 200, new 40");
    }
}
