package io.breadcrumbs.sdk.testkit.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A whole test of a tool. */
class GreetTest {

    private final ToolTrial<?, ?> greet = ToolTrial.of(new Greet());

    @Test
    void shouldGreetByName() throws Exception {
        assertThat(greet.run("{\"name\": \"Ada\"}")).isEqualTo("{\"greeting\":\"Hello, Ada!\"}");
        assertThat(greet.context().progress()).containsExactly("thinking of Ada");
    }

    @Test
    void shouldAskForTheName() throws Exception {
        assertThat(greet.failure("{}").toError().getField()).isEqualTo("name");
    }
}
