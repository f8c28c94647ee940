package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.testkit.tool.TrialContext;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimerTest {

    private final ToolTrial<?, ?> timer = ToolTrial.of(new Timer());

    @ParameterizedTest
    @CsvSource({"0, 0, PT0S", "2, 2, PT2S", "2.0, 2, PT2S", "0.25, 0.25, PT0.25S", "3600, 3600, PT1H", "6e1, 60, PT1M"})
    void shouldWaitWithoutASlot(String seconds, String waited, Duration duration) throws Exception {
        String output = timer.run("{\"seconds\": " + seconds + "}");

        assertThat(output).isEqualTo("{\"waited\":%s,\"message\":\"Waited %s seconds\"}", waited, waited);
        assertThat(timer.context().waited()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3600.1", "1e300", "\"2\"", "null"})
    void shouldRefuseWhatIsNoTimeToWait(String seconds) throws Exception {
        assertThat(timer.failure("{\"seconds\": " + seconds + "}").toError().getField())
                .isEqualTo("seconds");
        assertThat(timer.context().waited()).isZero();
    }

    @Test
    void shouldEndWhenItIsStopped() {
        TrialContext context = new TrialContext("timer", Duration.ofSeconds(3));

        assertThatThrownBy(() -> new Timer().execute(new Timer.Input(BigDecimal.TEN), context))
                .isInstanceOf(InterruptedException.class);
        assertThat(context.waited()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldHaveATimeoutAboveItsLongestWait() {
        assertThat(new Timer().spec().bounds().timeout()).isGreaterThan(Duration.ofHours(1));
    }
}
