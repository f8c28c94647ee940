package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOffsetsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKnowWhatAMapKnows(long seed) {
        Random random = new Random(seed);
        KeyOffsets offsets = new KeyOffsets(random.nextLong());
        Map<String, Long> expected = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            String key = "key-" + random.nextInt(3_000);
            if (random.nextInt(3) == 0) {
                offsets.remove(key.getBytes(StandardCharsets.UTF_8));
                expected.remove(key);
            } else {
                offsets.put(key, i);
                expected.put(key, (long) i);
            }
            assertThat(offsets.size()).isEqualTo(expected.size());
        }

        for (int i = 0; i < 3_000; i++) {
            assertThat(offsets.get("key-" + i)).isEqualTo(expected.get("key-" + i));
        }
    }
}
