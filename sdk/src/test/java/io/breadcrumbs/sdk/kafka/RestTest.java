package io.breadcrumbs.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RestTest {

    private final Rest rest = new Rest();

    @Test
    void shouldRestLongerTheLongerOnlyCopiesCome() {
        long[] rests = LongStream.range(0, 8).map(_ -> rest.after(true)).toArray();

        assertThat(rests).startsWith(0, 250_000, 500_000, 1_000_000).isSorted().endsWith(4_000_000, 4_000_000);
    }

    @Test
    void shouldNotRestWhenSomethingElseCame() {
        LongStream.range(0, 8).forEach(_ -> rest.after(true));

        assertThat(rest.after(false)).isZero();
        assertThat(rest.after(true)).isZero(); // among the records of others, copies are no reason to rest
    }
}
