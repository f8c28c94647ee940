package io.breadcrumbs.runner.provider.mcp.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts that all fail, since a secret is missing: each asks for it once. */
@Timeout(30)
class BackoffTest {

    private final ManualTime time = new ManualTime();
    private final AtomicInteger attempts = new AtomicInteger();
    private final McpLink link = new McpLink(
            "trial",
            new McpServer.Local("none", List.of(), Map.of("X", "${secret:gone}"), null),
            McpLimits.DEFAULT,
            new McpLink.Around(
                    _ -> {
                        attempts.incrementAndGet();
                        return Optional.empty();
                    },
                    time),
            () -> {});

    @AfterEach
    void stop() {
        link.close();
    }

    /** Returns when the attempt is over that is under way, if one is. */
    private void awaitFault() {
        ToolFailure failure = catchThrowableOfType(ToolFailure.class, link::session);
        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldConnectWhenItIsFirstWanted() {
        time.advance(Duration.ofHours(1));
        assertThat(attempts).hasValue(0);

        link.connect().join();

        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldSayWhatIsWrongWhileItPauses() {
        awaitFault();

        awaitFault();

        assertThat(attempts).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void shouldPauseTwiceAsLongEachTimeUpToAMinute(int faults) {
        long pauseMs = 200;
        awaitFault();
        for (int i = 1; i < faults; i++) {
            time.advance(Duration.ofMillis(pauseMs));
            awaitFault();
            pauseMs = Math.min(2 * pauseMs, 60_000);
        }
        assertThat(attempts).hasValue(faults);

        time.advance(Duration.ofMillis(pauseMs - 1));
        awaitFault();
        assertThat(attempts).hasValue(faults);

        time.advance(Duration.ofMillis(1));
        awaitFault();
        assertThat(attempts).hasValue(faults + 1);
    }

    @Test
    void shouldTryNoMoreWhenItIsClosed() {
        awaitFault();

        link.close();
        time.advance(Duration.ofHours(1));

        assertThat(catchThrowableOfType(ToolFailure.class, link::session)).hasMessageContaining("closing");
        assertThat(attempts).hasValue(1);
    }
}
