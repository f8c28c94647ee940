package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps whose tools are executed at most once: nothing is repeated that may have been done. */
class OnceTest {

    private static final Place PAY = Place.of("pay");
    private static final String ANY = "\"timeout\", \"outcome-unknown\", \"runtime\"";

    private long now = 1_000;
    private boolean once = true;

    private Run started(String on) {
        Run run = new Run("r", new Plans(new CelConditions()));
        String source = "[{\"id\": \"pay\", \"tool\": \"pay\", \"timeout\": \"1s\","
                + " \"retry\": {\"attempts\": 3, \"backoff\": \"1s\", \"on\": [" + on + "]}}]";
        Event.Origin nobody = new Event.Origin(null, null, null, 0);
        decide(run, new Input.Start(source, Value.of("{}"), nobody, null, List.of()));
        return run;
    }

    private List<Event> decide(Run run, Input input) {
        Facts.Tool pay = new Facts.Tool("1", "default", false, once);
        return Decider.decide(run, input, new Facts(now, 7, (_, _) -> pay)).events();
    }

    private void answer(Run run, RunError error) {
        String request = Objects.requireNonNull(run.task(PAY).requestId());
        decide(run, new Input.Answer(request, null, error));
    }

    private void passDeadline(Run run) {
        Timer deadline = run.timers().getFirst();
        now = deadline.at();
        decide(run, new Input.Fire(deadline));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"timeout\"", ANY})
    void shouldNotRepeatWhatWasNotAnswered(String on) {
        Run run = started(on);

        passDeadline(run);

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.FAILED);
        RunError why = Objects.requireNonNull(run.task(PAY).error());
        assertThat(why.kind()).isEqualTo("outcome-unknown");
        assertThat(why.retryable()).isFalse();
        assertThat(why.message()).contains("tool 'pay'", "nobody knows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "outcome-unknown"})
    void shouldNotRepeatWhatItsRunnerGaveUp(String kind) {
        Run run = started(ANY);

        answer(run, new RunError(kind, "TIMEOUT", "expected the tool to end within 1000 ms", false));

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void shouldRepeatWhatHasCertainlyNotBegun() {
        Run run = started("\"timeout\"");

        answer(run, RunError.timeout("DEADLINE", "the request's deadline was over before it could be executed"));

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.RETRYING);
    }

    @Test
    void shouldRepeatWhatTheToolItselfSaysHasFailed() {
        Run run = started("\"runtime\"");

        answer(run, new RunError(RunError.RUNTIME, "DECLINED", "the card was declined", false));

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.RETRYING);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void shouldRepeatWhatFailedInAWayThatIsNamed(ErrorKind kind) {
        once = false;
        String named = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Run run = started("\"" + named + "\"");

        answer(run, new RunError(named, "NO", "no", false));

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.RETRYING);
    }

    @Test
    void shouldRepeatWhatMayBeExecutedAgain() {
        once = false;
        Run run = started("\"timeout\"");

        passDeadline(run);

        assertThat(run.task(PAY).status()).isEqualTo(StepStatus.RETRYING);
        assertThat(Objects.requireNonNull(run.task(PAY).error()).kind()).isEqualTo("timeout");
    }
}
