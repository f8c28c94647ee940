package io.breadcrumbs.local.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void shouldGiveNoIdTwice() {
        assertThat(IntStream.range(0, 200_000).mapToObj(_ -> Texts.freshId("nightly")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("nightly-"));
    }
}
