package io.breadcrumbs.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.WorkflowEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law 6. */
class ReignTest {

    private final Reign reign = new Reign();

    @Test
    void shouldAcceptNothingBeforeTheFirstTakeover() {
        assertThat(reign.accepts(batch("a", Reign.NONE, 0), 0)).isFalse();
    }

    @Test
    void shouldAcceptTheOwnersNextBatchOnly() {
        // When
        takeOver("a", 10);

        // Then
        assertThat(reign.accepts(batch("a", 10, 0), 0)).isTrue();
        assertThat(reign.accepts(batch("a", 10, 3), 3)).isTrue();
        assertThat(reign.accepts(batch("a", 10, 3), 2)).as("a hole").isFalse();
        assertThat(reign.accepts(batch("a", 10, 3), 4)).as("again").isFalse();
        assertThat(reign.accepts(batch("a", 9, 3), 3)).as("of an earlier epoch").isFalse();
        assertThat(reign.accepts(batch("b", 10, 3), 3))
                .as("of another instance")
                .isFalse();
    }

    @Test
    void shouldForgetTheFormerOwnerWithTheNextTakeover() {
        // Given
        takeOver("a", 10);

        // When
        takeOver("b", 20);

        // Then
        assertThat(reign.accepts(batch("a", 10, 5), 5)).as("a zombie's").isFalse();
        assertThat(reign.accepts(batch("b", 20, 5), 5)).isTrue();
        assertThat(reign.owner()).isEqualTo("b");
    }

    @Test
    void shouldLetTheSameInstanceTakeOverAgain() {
        // Given
        takeOver("a", 10);

        // When
        takeOver("a", 20);

        // Then
        assertThat(reign.accepts(batch("a", 10, 5), 5))
                .as("before it forgot its memory")
                .isFalse();
        assertThat(reign.accepts(batch("a", 20, 5), 5)).isTrue();
    }

    private void takeOver(String instance, long offset) {
        reign.takenOver(Journal.takeover("t" + offset, instance, Instant.EPOCH), offset);
    }

    private static WorkflowEvent batch(String instance, long epoch, long sequence) {
        return Journal.record(
                new Journal.Batch("run", "default", epoch, sequence, "input", -1, 0, List.of()),
                instance,
                Instant.EPOCH);
    }
}
