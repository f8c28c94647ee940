package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.Position;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolStarted;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of requests at a runner that is alone. */
class DeskTest {

    private final OneRunner one = new OneRunner(
            1,
            RunnerSettings.DEFAULT.withPerWorkspace(3),
            List.of(OneRunner.tool("work"), OneRunner.tool("slow").concurrency(1)));

    private static ToolRequest.Builder in(String workspace, ToolRequest.Builder request) {
        request.getMetaBuilder().setWorkspace(workspace);
        return request;
    }

    @Test
    void shouldLetOthersPassInTheSamePartitionWhileAToolIsAtItsBound() {
        // Given
        one.ask("slow0", "slow");
        one.run();
        IntStream.range(1, 100).forEach(i -> one.ask("slow" + i, "slow"));
        one.run();

        // When
        one.ask("other", "work");
        one.run();

        // Then
        assertThat(one.running()).containsExactly("slow0", "other");
        assertThat(one.runner.desk().occupancy().queued()).isEqualTo(99);
        one.end("slow0");
        one.end("other");
        one.run();
        assertThat(one.running()).containsExactly("slow1");
    }

    @Test
    void shouldLetOtherWorkspacesPass() {
        // Given
        IntStream.range(0, 10).forEach(i -> one.ask(in("blue", OneRunner.request("blue" + i, "work"))));

        // When
        one.ask(in("green", OneRunner.request("green", "work")));
        one.run();

        // Then
        assertThat(one.running()).contains("green").hasSize(4);
        assertThat(one.runner.desk().occupancy().queued()).isEqualTo(7);
    }

    @Test
    void shouldAnswerWhatWaitsForItsToolWhenItsDeadlineIsOver() {
        // Given
        one.ask("slow", "slow");
        one.run();
        long deadline = one.process.now().plusSeconds(1).toEpochMilli();
        one.ask(OneRunner.request("hurried", "slow").setDeadlineMs(deadline));
        one.ask("patient", "slow");

        // When
        one.scheduler.run(Duration.ofSeconds(2));

        // Then
        assertThat(one.failure("hurried")).isEqualTo(ErrorKind.TIMEOUT);
        one.end("slow");
        one.run();
        assertThat(one.began).containsExactly("slow", "patient");
    }

    @Test
    void shouldHandBackWhatHasNotBegunWhenThePartitionGoes() {
        // Given
        one.ask("slow", "slow");
        one.run();
        one.ask("waiting", "slow");
        one.run();

        // When
        one.runner.close();

        // Then
        assertThat(one.runner.desk().occupancy().queued()).isZero();
        assertThat(one.began).containsExactly("slow");
    }

    @Test
    void shouldExecuteNothingMoreOnceTheRunnerIsClosed() {
        // Given
        one.ask("running", "work");
        one.ask(OneRunner.request("waiting", "work").setCataloguePosition(new Position(0, 1_000L)));
        one.run();

        // When
        one.runner.close();
        one.scheduler.run(Duration.ofSeconds(10));

        // Then
        assertThat(one.began).containsExactly("running");
        assertThat(one.running()).isEmpty();
        assertThat(one.answer("running")).isNull();
        assertThat(one.runner.desk().occupancy()).isEqualTo(Occupancy.NONE);
    }

    @Test
    void shouldSayThatAToolHasGone() {
        // Given
        one.ask("there", "work");
        one.run();
        one.end("there");

        // When
        one.bus.publish(Draft.tombstone(Catalogue.TOOL, Toolbox.key("work", "1")));
        one.run();
        one.ask("late", "work");
        one.run();

        // Then
        assertThat(one.failure("late")).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(one.began).containsExactly("there");
    }

    @Test
    void shouldSayThatARetryHelpsAfterATimeoutOnlyWhereTheToolMayRunTwice() {
        // Given
        OneRunner hurried = new OneRunner(
                1,
                RunnerSettings.DEFAULT,
                List.of(
                        OneRunner.tool("work").timeout(Duration.ofSeconds(1)),
                        OneRunner.tool("pay").timeout(Duration.ofSeconds(1)).effects(SideEffects.ONCE)));

        // When
        hurried.ask("again", "work");
        hurried.ask("once", "pay");
        hurried.scheduler.run(Duration.ofSeconds(3));

        // Then
        assertThat(hurried.began).containsExactlyInAnyOrder("again", "once");
        assertThat(hurried.error("again").getRetryable()).isTrue();
        assertThat(hurried.error("once").getRetryable()).isFalse();
        assertThat(hurried.error("once").getKind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(hurried.error("once").getMessage()).contains("within 1000 ms");
    }

    @Test
    void shouldSayThatNobodyKnowsTheOutcomeOfWhatAnotherBeganThoughItsDeadlineIsOverFirst() {
        // Given
        OneRunner second = new OneRunner(
                1, RunnerSettings.DEFAULT, List.of(OneRunner.tool("pay").effects(SideEffects.ONCE)));
        second.bus.publish(Draft.of(
                        Catalogue.TOOL_STARTED,
                        "begun",
                        new ToolStarted(Metas.of(Catalogue.TOOL_STARTED, "m", "dead"), "begun", "dead#1", "dead"))
                .to(0));
        second.run();
        long deadline = second.process.now().plusSeconds(2).toEpochMilli();

        // When
        second.ask(OneRunner.request("begun", "pay").setDeadlineMs(deadline));
        second.scheduler.run(Duration.ofSeconds(3));

        // Then
        assertThat(second.began).isEmpty();
        assertThat(second.failure("begun")).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(second.runner.desk().occupancy()).isEqualTo(Occupancy.NONE);
    }

    @Test
    void shouldAnswerEachRequestThatHasNoId() {
        // When
        one.ask("", "work");
        one.ask("", "work");
        one.run();

        // Then
        assertThat(one.failure("")).isEqualTo(ErrorKind.VALIDATION);
        assertThat(one.answers("")).hasSize(2);
        assertThat(one.began).isEmpty();
        assertThat(one.runner.desk().occupancy()).isEqualTo(Occupancy.NONE);
    }

    @Test
    void shouldAnswerARepeatedRequestWithTheFirstAnswerAsLongAsItIsRemembered() {
        // Given
        OneRunner forgetful =
                new OneRunner(1, RunnerSettings.DEFAULT.withRememberedAnswers(2), List.of(OneRunner.tool("work")));
        for (String id : List.of("first", "second", "third")) {
            forgetful.ask(id, "work");
            forgetful.run();
            forgetful.end(id);
            forgetful.run();
        }

        // When
        forgetful.ask("third", "work");
        forgetful.ask("first", "work");
        forgetful.run();

        // Then
        assertThat(forgetful.answers("third")).hasSize(2).containsOnly(forgetful.answer("third"));
        assertThat(forgetful.running()).containsExactly("first");
    }
}
