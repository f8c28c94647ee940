package io.breadcrumbs.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"run/5/12", "a/b/c/5/0", "run/5/12/deleted", "takeover/7/3/0"})
    void shouldReadWhatItWrote(String text) {
        BatchKey key = BatchKey.parse(text);

        assertThat(key).isNotNull().hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run/5", "run/x/5", "run/5/x", "takeover/engine-1/0.1/3", "/deleted"})
    void shouldReadNoOtherKey(String text) {
        assertThat(BatchKey.parse(text)).isNull();
    }
}
