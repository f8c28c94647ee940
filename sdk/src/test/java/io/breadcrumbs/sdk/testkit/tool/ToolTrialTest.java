package io.breadcrumbs.sdk.testkit.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolTrialTest {

    record Nothing() {}

    record Sum(int sum) {}

    /** What a tool of these tests does. */
    @FunctionalInterface
    private interface Work {
        Object in(ToolContext context) throws Exception;
    }

    private static ToolTrial<Nothing, JsonNode> trial(Work work) {
        return ToolTrial.of(new Tool<Nothing, JsonNode>() {
            @Override
            public ToolSpec<Nothing, JsonNode> spec() {
                return ToolSpec.of("probe", "", Nothing.class, JsonNode.class);
            }

            @Override
            public JsonNode execute(Nothing input, ToolContext context) throws Exception {
                return Values.parse(Values.write(work.in(context)));
            }
        });
    }

    @Test
    void shouldAnswerQuestionsAsTold() throws Exception {
        ToolTrial<?, ?> trial = trial(
                        context -> context.ask("add", Map.of("to", 1)).await(Sum.class))
                .answering("add", input -> "{\"sum\": " + (input.get("to").asInt() + 1) + "}");

        assertThat(trial.run("{}")).isEqualTo("{\"sum\":2}");
        assertThat(trial.context().questions()).containsExactly(new Question("add", Values.parse("{\"to\": 1}")));
    }

    @Test
    void shouldFailAsTheOtherToolFails() throws Exception {
        ToolTrial<?, ?> trial = trial(context -> context.ask("add", "{}").await())
                .answering("add", _ -> {
                    throw ToolFailure.of(ErrorKind.CAPACITY, "FULL", "come back later");
                });

        assertThat(trial.failure("{}").kind()).isEqualTo(ErrorKind.CAPACITY);
    }

    @Test
    void shouldFailForAQuestionThatItWasNotToldAbout() throws Exception {
        assertThat(trial(context -> context.ask("add", "{}").await())
                        .failure("{}")
                        .kind())
                .isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    void shouldLetTimePassWithoutWaiting() throws Exception {
        ToolTrial<?, ?> trial = trial(context -> {
            context.sleep(Duration.ofSeconds(4));
            context.sleep(Duration.ofSeconds(5));
            return "done";
        });

        assertThat(trial.run("{}")).isEqualTo("\"done\"");
        assertThat(trial.context().waited()).isEqualTo(Duration.ofSeconds(9));
        assertThat(trial.context().cancelled()).isFalse();
    }

    @Test
    void shouldInterruptWhoWaitsBeyondTheDeadline() {
        List<String> closed = new ArrayList<>();
        ToolTrial<?, ?> trial = trial(context -> {
            context.closeAtEnd(() -> closed.add("socket"));
            context.sleep(Duration.ofSeconds(11));
            return "done";
        });

        assertThatThrownBy(() -> trial.run("{}")).isInstanceOf(InterruptedException.class);
        assertThat(trial.context().cancelled()).isTrue();
        assertThat(trial.context().waited()).isEqualTo(Duration.ofSeconds(10));
        assertThat(closed).containsExactly("socket");
    }

    @Test
    void shouldCloseAtTheEndInReverseOrder() throws Exception {
        List<String> closed = new ArrayList<>();
        trial(context -> {
                    context.closeAtEnd(() -> closed.add("first"));
                    context.closeAtEnd(() -> closed.add("second"));
                    return "done";
                })
                .run("{}");

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void shouldCloseAtOnceAfterACancel() {
        List<String> closed = new ArrayList<>();
        TrialContext context = new TrialContext("probe", Duration.ofSeconds(1));

        context.cancel();
        context.closeAtEnd(() -> closed.add("late"));

        assertThat(closed).containsExactly("late");
    }

    @Test
    void shouldNoteWhatWasPublishedAndTold() throws Exception {
        ToolTrial<?, ?> trial = trial(context -> {
            context.delta("a piece");
            Draft<StreamDelta> draft = Draft.of(Catalogue.STREAM_DELTA, "key", delta());
            Position position = context.publish(draft).get();
            return position.offset();
        });

        assertThat(trial.run("{}")).isEqualTo("0");
        assertThat(trial.context().deltas()).containsExactly("a piece");
        assertThat(trial.context().published()).extracting(Draft::key).containsExactly("key");
    }

    private static StreamDelta delta() {
        return StreamDelta.newBuilder()
                .setMeta(Metas.of(Catalogue.STREAM_DELTA, "id", Metas.DEFAULT_WORKSPACE, "me", TrialContext.START))
                .setRequestId("trial-1")
                .build();
    }

    @Test
    void shouldGiveOnlyTheSecretsThatItHas() throws Exception {
        ToolTrial<?, ?> trial =
                trial(context -> context.secret("token").length()).secret("token", "12345");

        assertThat(trial.run("{}")).isEqualTo("5");
        assertThat(trial(context -> context.secret("token")).failure("{}").kind())
                .isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldDemandAnOutputOfTheToolsSchema() {
        ToolTrial<?, ?> trial = ToolTrial.of(new Tool<Nothing, Greet.Output>() {
            @Override
            public ToolSpec<Nothing, Greet.Output> spec() {
                return ToolSpec.of("probe", "", Nothing.class, Greet.Output.class);
            }

            @Override
            @SuppressWarnings("NullAway") // what a tool outside of null checks may do
            public Greet.Output execute(Nothing input, ToolContext context) {
                return new Greet.Output(null);
            }
        });

        assertThatThrownBy(() -> trial.run("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("greeting");
    }

    @Test
    void shouldDemandAFailureWhereOneIsExpected() {
        assertThatThrownBy(() -> trial(_ -> "done").failure("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("done");
    }
}
