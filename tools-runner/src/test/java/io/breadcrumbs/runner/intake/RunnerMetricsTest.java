package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.metrics.RunnerMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunnerMetricsTest {

    private static final int TOOLS = 250;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunnerMetrics metrics = new RunnerMetrics(registry);
    private final OneRunner one = new OneRunner(
            1,
            new RunnerSettings(Set.of("default"), TOOLS),
            IntStream.range(0, TOOLS)
                    .mapToObj(i -> OneRunner.tool("tool" + i).concurrency(i == 0 ? 1 : 0))
                    .toList(),
            metrics);

    private void begin() {
        metrics.watch(one.runner, one.bus);
        one.run();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double answered(String tool, String outcome) {
        return registry.get("breadcrumbs.tool.requests")
                .tags("tool", tool, "outcome", outcome, "lane", "eager")
                .counter()
                .count();
    }

    @Test
    void shouldCountRequestsAndTimeExecutionsByToolAndOutcome() {
        // Given
        begin();
        one.ask("a", "tool1");
        one.ask("b", "tool1");
        one.ask(OneRunner.request("c", "tool1").setInput("{\"no\": 1}"));
        one.run();

        // When
        one.end("a");
        one.scheduler.run(Duration.ofSeconds(2));
        one.end("b");
        one.run();

        // Then
        assertThat(answered("tool1", "success")).isEqualTo(2);
        assertThat(answered("unknown", "validation")).isEqualTo(1);
        assertThat(registry.get("breadcrumbs.tool.execution")
                        .tags("tool", "tool1", "outcome", "success")
                        .timer()
                        .max(TimeUnit.MILLISECONDS))
                .isBetween(2_000.0, 2_200.0);
        assertThat(registry.get("breadcrumbs.tool.wait").timer().count()).isEqualTo(2);
    }

    @Test
    void shouldShowWhatIsThereNow() {
        // Given
        begin();

        // When
        one.ask("running", "tool0");
        one.ask("queued", "tool0");
        one.run();

        // Then
        assertThat(gauge("breadcrumbs.runner.slots")).isEqualTo(TOOLS);
        assertThat(gauge("breadcrumbs.runner.slots.taken")).isEqualTo(1);
        assertThat(gauge("breadcrumbs.runner.requests.open")).isEqualTo(2);
        assertThat(gauge("breadcrumbs.runner.requests.queued")).isEqualTo(1);
        assertThat(gauge("breadcrumbs.bus.records.open")).isEqualTo(2);
        assertThat(gauge("breadcrumbs.bus.calls")).isEqualTo(2);
        one.end(one.running().getFirst());
        one.run();
        one.end(one.running().getFirst());
        one.run();
        assertThat(List.of(
                        gauge("breadcrumbs.runner.slots.taken"),
                        gauge("breadcrumbs.runner.requests.open"),
                        gauge("breadcrumbs.runner.requests.queued"),
                        gauge("breadcrumbs.bus.records.open"),
                        gauge("breadcrumbs.bus.calls"),
                        gauge("breadcrumbs.bus.inflight")))
                .containsOnly(0.0);
    }

    @Test
    void shouldShowHowMuchWaitsInTheLog() {
        // Given
        begin();
        IntStream.range(0, TOOLS).forEach(i -> one.ask("r" + i, "tool" + (1 + i % 9)));
        one.run();

        // When
        IntStream.range(0, 100).forEach(i -> one.ask("late" + i, "tool1"));
        one.scheduler.run(Duration.ofSeconds(3));

        // Then
        assertThat(registry.get("breadcrumbs.runner.queue")
                        .tags("pool", "default")
                        .gauge()
                        .value())
                .isEqualTo(100);
    }

    @Test
    void shouldHaveNoMoreNamesThanItIsBoundTo() {
        // Given
        begin();

        // When
        IntStream.range(0, TOOLS).forEach(i -> one.ask("r" + i, "tool" + i));
        one.ask("made up", "by the requester");
        one.run();
        one.running().forEach(one::end);
        one.run();

        // Then
        Set<String> tools = registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("tool"))
                .filter(tool -> tool != null)
                .collect(Collectors.toSet());
        assertThat(tools).hasSize(202).contains("unknown", "other").doesNotContain("by the requester");
        assertThat(answered("other", "success")).isEqualTo(TOOLS - 200);
    }
}
