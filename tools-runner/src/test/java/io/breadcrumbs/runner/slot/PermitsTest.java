package io.breadcrumbs.runner.slot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private static final Bounds ONE_AT_ONCE = new Bounds("slow / 1", 1, "", 0);
    private static final Bounds LARGE = new Bounds("large / 1", 1, "", 0);

    private final Permits permits = new Permits(3);
    private final List<String> told = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    @AfterEach
    void shouldCountNothingWhenAllHasEnded() {
        List.copyOf(slots).forEach(Slot::end);
        assertThat(permits.taken()).isZero();
        assertThat(permits.lobby()).isZero();
        assertThat(permits.isEmpty()).isTrue();
    }

    private Slot taken(Bounds bounds) {
        Slot slot = requireNonNull(permits.take(bounds));
        slots.add(slot);
        return slot;
    }

    /** A slot that holds what it counts against, or waits for that. */
    private Slot entered(String name, Bounds bounds) {
        Slot slot = taken(bounds);
        if (slot.enter(bounds, 10, () -> told.add(name))) {
            told.add(name);
        }
        return slot;
    }

    @Test
    void shouldHaveNoRoomForMoreThanItsSlots() {
        taken(Bounds.NONE);
        taken(Bounds.NONE);
        taken(Bounds.NONE);

        assertThat(permits.take(Bounds.NONE)).isNull();
        assertThat(permits.taken()).isEqualTo(3);
    }

    @Test
    void shouldLetOthersPassWhoWaitForTheirTool() {
        // Given
        Slot first = entered("first", ONE_AT_ONCE);
        entered("second", ONE_AT_ONCE);
        entered("third", ONE_AT_ONCE);

        // When
        entered("other", Bounds.NONE);

        // Then
        assertThat(told).containsExactly("first", "other");
        assertThat(permits.lobby()).isEqualTo(2);
        assertThat(permits.taken()).isEqualTo(2);
        first.end();
        assertThat(told).containsExactly("first", "other", "second");
    }

    @Test
    void shouldBoundWorkspacesWhateverTheirTools() {
        Bounds blue = new Bounds("", 0, "blue", 1);
        Bounds blueTool = new Bounds("tool / 1", 2, "blue", 1);

        Slot first = entered("blue", blue);
        entered("blue tool", blueTool);
        entered("green", new Bounds("", 0, "green", 1));

        assertThat(told).containsExactly("blue", "green");
        first.end();
        assertThat(told).containsExactly("blue", "green", "blue tool");
    }

    @Test
    void shouldServeTheOldestFirstWhoseBoundsHaveRoom() {
        // Given
        Slot slow = entered("slow", ONE_AT_ONCE);
        entered("next slow", ONE_AT_ONCE);
        Slot large = entered("large", LARGE);
        entered("next large", LARGE);
        Slot other = entered("other", Bounds.NONE);
        assertThat(permits.take(Bounds.NONE)).isNull();

        // When
        other.giveBack();
        other.takeAgain(() -> told.add("other again"));
        large.end();
        slow.end();

        // Then
        assertThat(told).containsExactly("slow", "large", "other", "other again", "next large", "next slow");
    }

    @Test
    void shouldPreferWhoWaitsToNewcomers() {
        // Given
        Slot first = taken(Bounds.NONE);
        taken(Bounds.NONE);
        taken(Bounds.NONE);
        Slot away = slots.get(1);
        away.giveBack();
        taken(Bounds.NONE);
        away.takeAgain(() -> told.add("back"));

        // When
        first.end();

        // Then
        assertThat(told).containsExactly("back");
        assertThat(permits.take(Bounds.NONE)).isNull();
    }

    @Test
    void shouldLeaveRoomForOthersOfItsToolWhileItWaits() {
        // Given
        Slot first = entered("first", ONE_AT_ONCE);
        Slot second = entered("second", ONE_AT_ONCE);

        // When
        first.giveBack();
        first.takeAgain(() -> told.add("first again"));

        // Then
        assertThat(told).containsExactly("first", "second");
        second.end();
        assertThat(told).containsExactly("first", "second", "first again");
    }

    @Test
    void shouldForgetWhoEndsWhileItWaits() {
        // Given
        Slot first = entered("first", ONE_AT_ONCE);
        Slot second = entered("second", ONE_AT_ONCE);

        // When
        second.end();
        first.end();

        // Then
        assertThat(told).containsExactly("first");
        assertThat(permits.lobby()).isZero();
    }

    @Test
    void shouldKeepNobodyWaitingForASlotOfWorkThatIsOver() {
        // Given
        Slot first = entered("first", ONE_AT_ONCE);
        first.giveBack();
        Slot second = entered("second", ONE_AT_ONCE);
        first.takeAgain(() -> told.add("one thread"));
        first.takeAgain(() -> told.add("another"));

        // When
        first.end();

        // Then
        assertThat(told).containsExactly("first", "second", "one thread", "another");
        first.takeAgain(() -> told.add("late"));
        assertThat(told).endsWith("late");
        assertThat(permits.taken()).isEqualTo(1);
        second.end();
    }

    @Test
    void shouldRefuseOnlyWhatWouldWaitWhenTheLobbyIsFull() {
        // Given
        entered("first", ONE_AT_ONCE);
        for (int i = 0; i < Permits.LOBBY_AT_MOST; i++) {
            entered("waiting", ONE_AT_ONCE);
        }

        // When
        Slot refused = permits.take(ONE_AT_ONCE);

        // Then
        assertThat(refused).isNull();
        entered("other", Bounds.NONE);
        assertThat(told).containsExactly("first", "other");
    }

    @Test
    void shouldBoundWhatTheLobbyHolds() {
        // Given
        entered("first", ONE_AT_ONCE);
        Slot large = taken(ONE_AT_ONCE);

        // When
        large.enter(ONE_AT_ONCE, (int) Permits.LOBBY_CHARS_AT_MOST, () -> told.add("large"));

        // Then
        assertThat(permits.take(ONE_AT_ONCE)).isNull();
        large.end();
        taken(ONE_AT_ONCE);
    }
}
