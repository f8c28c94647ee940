package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargeStartTest {

    private static final Facts FACTS = new Facts(1_000, 1, (_, _) -> null);

    @Test
    void shouldLeaveTheFirstStepsOfALargeRunToTheNextBatch() throws Exception {
        // Given
        String input = "x".repeat(90_000);
        String steps = IntStream.range(0, 5)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"t\", \"input\": \"" + input + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
        Run run = new Run("large", new Plans(new CelConditions()));
        Input start = new Input.Start(steps, Value.of("{}"), new Event.Origin(null, null, null, 0), null, List.of());

        // When
        Decision first = Decider.decide(run, start, FACTS);
        Decision next = Decider.decide(run, new Input.Continue(), FACTS);

        // Then
        assertThat(first.events()).singleElement().isInstanceOf(Event.Started.class);
        assertThat(first.more()).isTrue();
        assertThat(next.events()).isNotEmpty().allMatch(Event.Asked.class::isInstance);
    }
}
