package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunnerHealthTest {

    private final List<String> clinging = new ArrayList<>();
    private final OneRunner one =
            new OneRunner(1, new RunnerSettings(Set.of("default"), 2), List.of(OneRunner.tool("work")), new Observer() {
                @Override
                public void answered(Work work, ToolResponse response) {
                    // the log has it
                }

                @Override
                public void clings(Work work) {
                    clinging.add(work.request().getRequestId());
                }
            });

    private void hang(String id) {
        one.ask(OneRunner.request(id, "work").setTimeoutMs(100L));
        one.scheduler.run(Duration.ofSeconds(3));
        assertThat(one.failure(id)).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void shouldBeWellOnlyOnceItHasJoined() {
        assertThat(one.runner.health().faults()).containsExactly("it has not joined its pools yet");

        one.run();

        assertThat(one.runner.health().well()).isTrue();
    }

    @Test
    void shouldTellOfExecutionsThatDoNotEnd() {
        // Given
        one.run();
        one.clinging = true;

        // When
        hang("first");

        // Then
        assertThat(clinging).containsExactly("first");
        assertThat(one.runner.health().well()).isTrue();
        assertThat(one.runner.health().notes())
                .containsExactly("1 of 2 slots are held by executions that were stopped and do not end");

        // When
        hang("second");

        // Then
        assertThat(one.runner.health().faults())
                .containsExactly("2 of 2 slots are held by executions that were stopped and do not end");

        // When
        one.end("first");
        one.end("second");

        // Then
        assertThat(one.runner.health().well()).isTrue();
        assertThat(one.runner.health().notes()).isEmpty();
        assertThat(one.runner.desk().occupancy()).isEqualTo(Occupancy.NONE);
    }
}
