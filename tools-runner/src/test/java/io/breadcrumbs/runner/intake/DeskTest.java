package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.schemas.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of requests at a runner that is alone. */
class DeskTest {

    private final OneRunner one = new OneRunner(2, RunnerSettings.DEFAULT, List.of(OneRunner.tool("work")));

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
}
