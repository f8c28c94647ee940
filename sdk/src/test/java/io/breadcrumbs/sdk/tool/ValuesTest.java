package io.breadcrumbs.sdk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    record Sent(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable List<Float> near) {}

    @Test
    void shouldReadExactlyWhatIsSent() throws ToolFailure {
        String document = "{\"text\": \"5\", \"number\": 5, \"flag\": true, \"near\": [1, 0.5]}";

        assertThat(Values.readExactly(Values.parse(document), Sent.class))
                .isEqualTo(new Sent("5", 5, true, List.of(1f, 0.5f)));
        assertThat(Values.readExactly(Values.parse("{\"flag\": null}"), Sent.class))
                .isEqualTo(new Sent(null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": 5}",
                "{\"text\": 0.5}",
                "{\"text\": true}",
                "{\"number\": \"5\"}",
                "{\"number\": 5.5}",
                "{\"number\": \"\"}",
                "{\"number\": true}",
                "{\"flag\": \"true\"}",
                "{\"flag\": \"\"}",
                "{\"flag\": 1}",
                "{\"near\": [\"1\"]}",
            })
    void shouldNotMakeSomethingElseOfWhatIsSent(String document) {
        assertThatThrownBy(() -> Values.readExactly(Values.parse(document), Sent.class))
                .isInstanceOf(ToolFailure.class);
    }
}
