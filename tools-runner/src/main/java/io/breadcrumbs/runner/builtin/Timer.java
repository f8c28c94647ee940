package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Waits. It holds no execution slot meanwhile, so any number may. */
public final class Timer implements Tool<Timer.Input, Timer.Output> {

    private static final Duration AT_MOST = Duration.ofHours(1);
    private static final BigDecimal SECONDS_AT_MOST = BigDecimal.valueOf(AT_MOST.toSeconds());

    /** Longer than it waits at most: what ends a wait is its length, or the timeout of the request. */
    private static final Duration TIMEOUT = AT_MOST.plusMinutes(1);

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "timer", "Waits for a number of seconds, an hour at most.", Input.class, Output.class)
            .effects(SideEffects.NONE)
            .timeout(TIMEOUT)
            .examples("""
                    {"input": {"seconds": 0.5}, "output": {"waited": 0.5, "message": "Waited 0.5 seconds"}}""");

    record Input(
            @Describe("How long to wait, from 0 to 3600; fractions count.")
            BigDecimal seconds) {}

    record Output(
            @Describe("How many seconds it waited.") BigDecimal waited,
            @Describe("The same, for people.") String message) {}

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure, InterruptedException {
        BigDecimal seconds = input.seconds();
        if (seconds.signum() < 0 || seconds.compareTo(SECONDS_AT_MOST) > 0) {
            throw ToolFailure.invalid("seconds", "expected 0 to " + SECONDS_AT_MOST + " seconds, got " + seconds);
        }
        BigDecimal nanos = seconds.movePointRight(9).setScale(0, RoundingMode.UP);
        context.sleep(Duration.ofNanos(nanos.longValueExact()));
        BigDecimal waited = plain(seconds);
        return new Output(waited, "Waited " + waited.toPlainString() + " seconds");
    }

    /** Without zeros at the end, and without an exponent for whole numbers. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
