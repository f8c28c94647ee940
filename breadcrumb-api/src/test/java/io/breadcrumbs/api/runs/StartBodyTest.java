package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartBodyTest {

    private static StartBody read(String body) {
        return StartBody.read(body, new CelConditions());
    }

    private static Definition definition(StartBody body) {
        return Objects.requireNonNull(body.definition());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool\": \"echo\", \"input\": {\"message\": \"hi\"}}",
                "[{\"tool\": \"echo\", \"input\": {\"message\": \"hi\"}}]",
                "{\"steps\": {\"tool\": \"echo\", \"input\": {\"message\": \"hi\"}}}",
                "{\"workflow\": [{\"tool\": \"echo\", \"input\": {\"message\": \"hi\"}}]}"
            })
    void shouldTakeAStepAListAndAWorkflow(String body) {
        StartBody read = read(body);

        assertThat(definition(read).steps()).hasSize(1);
        assertThat(definition(read).source().toString()).contains("\"message\":\"hi\"");
        assertThat(read.input()).hasToString("{}");
        assertThat(read.threadId()).isNull();
    }

    @Test
    void shouldTakeTheRunsInputOutOfAWorkflow() {
        StartBody read = read("""
                {"threadId": "order-17", "name": "sum", "input": {"a": 1}, "steps": [{"tool": "echo"}]}
                """);

        assertThat(read.threadId()).isEqualTo("order-17");
        assertThat(read.input()).hasToString("{\"a\":1}");
        assertThat(definition(read).name()).isEqualTo("sum");
        assertThat(definition(read).source()).hasToString("{\"name\":\"sum\",\"steps\":[{\"tool\":\"echo\"}]}");
    }

    @Test
    void shouldTakeTheNameOfAStoredWorkflow() {
        StartBody read = read("{\"workflow\": \"sum\", \"version\": 3, \"input\": [1], \"timeout\": \"1h30m\"}");

        assertThat(read.stored()).isEqualTo("sum");
        assertThat(read.version()).isEqualTo(3);
        assertThat(read.input()).hasToString("[1]");
        assertThat(read.limit()).isEqualTo(Duration.ofMinutes(90));
        assertThat(read.definition()).isNull();
    }

    @Test
    void shouldKnowAStepThatStartsAnotherRun() {
        assertThat(definition(read("{\"id\": \"a\", \"workflow\": \"sum\"}")).steps())
                .containsOnlyKeys("a");
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        assertThatThrownBy(() -> read("[{\"id\": \"a\", \"tool\": \"echo\", \"deps\": \"gone\"}, {\"id\": \"a\"}]"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.problem().status()).isEqualTo(400);
                    assertThat(problem.problem().toJson().get("errors").findValuesAsText("code"))
                            .containsExactlyInAnyOrder("DUPLICATE_ID", "UNKNOWN_DEP", "NO_TOOL");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                              | body: expected a workflow
                    {                                               | body: expected JSON
                    "text"                                          | BAD_VALUE
                    {"threadId": 7, "tool": "echo"}                 | threadId: expected 1 to 200 letters
                    {"threadId": "a/b", "tool": "echo"}             | threadId: expected 1 to 200 letters
                    {"workflow": 7}                                 | BAD_VALUE
                    {"workflow": "a b"}                             | workflow: expected the name of a workflow
                    {"workflow": "sum", "version": 0}               | version: expected a whole number
                    {"workflow": [{"tool": "a"}], "version": 1}     | version: expected none
                    {"workflow": "sum", "timeout": "soon"}          | timeout: expected a time
                    {"workflow": "sum", "inputs": {}}               | inputs: expected a field among
                    {"tool": "echo", "surprise": 1}                 | UNKNOWN_FIELD
                    """)
    void shouldSayWhatIsWrong(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseWhatNoRecordCanCarry() {
        assertThatThrownBy(() -> read("\"" + "x".repeat(1_000_000) + "\""))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().status()).isEqualTo(413));
    }
}
