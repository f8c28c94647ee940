package io.breadcrumbs.api.runs;

import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {

    private static Problem problem(Throwable failure) {
        ProblemException thrown =
                catchThrowableOfType(ProblemException.class, () -> Waiting.durable("run-1", failedFuture(failure)));
        return thrown.problem();
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, UNAVAILABLE",
        "CAPACITY, UNAVAILABLE",
        "CLOSED, UNAVAILABLE",
        "FENCED, UNAVAILABLE",
        "UNKNOWN, OUTCOME_UNKNOWN",
        "DEADLINE, OUTCOME_UNKNOWN",
        "TOO_LARGE, TOO_LARGE",
        "TOPIC, INTERNAL"
    })
    void shouldTellWhatWasNotDoneFromWhatMayHaveBeen(ErrorCode code, ProblemCode expected) {
        Problem problem = problem(new CompletionException(new BusException(code, "so it is")));

        assertThat(problem.code()).isEqualTo(expected);
        assertThat(problem.detail()).isEqualTo("so it is");
        assertThat(problem.more()).containsEntry("threadId", TextNode.valueOf("run-1"));
    }

    @Test
    void shouldKeepToItselfWhatNobodyForesaw() {
        Problem problem = problem(new IllegalStateException("org.apache.kafka.Broken: secret"));

        assertThat(problem.code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN);
        assertThat(problem.detail()).doesNotContain("Exception", "apache", "secret");
    }

    @Test
    void shouldNameTheRunThatIsDurableAndCannotBeReadYet() {
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class,
                () -> Waiting.read("run-1", () -> {
                    throw new LateException("not within 2 s");
                }));

        assertThat(thrown.problem().code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN);
        assertThat(thrown.problem().more()).containsEntry("threadId", TextNode.valueOf("run-1"));
    }

    @Test
    void shouldSayWhatCannotBeReadWithoutNamingClasses() {
        assertThatThrownBy(() ->
                        Waiting.within(failedFuture(new IllegalStateException("org.apache.kafka.X")), "the journal"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("the journal cannot be read: ")
                .hasMessageNotContainingAny("Exception", "apache");
    }
}
