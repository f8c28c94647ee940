package io.breadcrumbs.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Value VALUE = Value.of("{\"n\":[1,2]}");
    private static final RunError ERROR = new RunError("timeout", "NO_ANSWER", "none came", true);
    private static final Place ELEMENT = new Place("step", 7);
    private static final Place WHOLE = Place.of("step");
    private static final Event.Request REQUEST =
            new Event.Request("run/step/1/5", "echo", "2", "gpu", true, false, VALUE, 99);

    /** At least one of every kind, with and without what may be absent. */
    private static final List<Event> EVENTS = List.of(
            new Event.Started("[]", VALUE, new Event.Origin(null, null, null, 0), null, List.of()),
            new Event.Started(
                    "[]",
                    VALUE,
                    new Event.Origin(
                            "name",
                            "me",
                            new Event.Parent("above", "above/step/1/4"),
                            3,
                            new Event.Fork("other", "b", VALUE)),
                    17L,
                    List.of(new Event.Given("a", VALUE), new Event.Given("c", null))),
            new Event.Started(
                    "[]",
                    VALUE,
                    new Event.Origin(null, null, null, 0, new Event.Fork("other", "b", null)),
                    null,
                    List.of()),
            new Event.Started(
                    "[]", VALUE, new Event.Origin(null, null, new Event.Parent(null, "a/end"), 0), null, List.of()),
            new Event.Asked(ELEMENT, 2, REQUEST),
            new Event.Called(WHOLE, 1, new Event.Child("run/step/1/5", "run.step.1", "name", null, VALUE, 5)),
            new Event.Called(WHOLE, 1, new Event.Child("run/step/1/5", "run.step.1", null, "[]", VALUE, 5)),
            new Event.Opened("step", VALUE),
            new Event.Waits("step", 12, null),
            new Event.Waits("step", 12, VALUE),
            new Event.Waits("step", 12, VALUE, "Go on?"),
            new Event.Undoing("step", new Event.Request("run/step/undo/5", "pay", null, "gpu", false, true, VALUE, 99)),
            new Event.Branched("step", -1),
            new Event.Branched("step", 1),
            new Event.Completed(ELEMENT, 1, null, null),
            new Event.Completed(WHOLE, 1, VALUE, "me"),
            new Event.AttemptFailed(WHOLE, 1, ERROR, 44),
            new Event.Failed(ELEMENT, 3, ERROR, null),
            new Event.Failed(WHOLE, 3, ERROR, "me"),
            new Event.Skipped("step"),
            new Event.Blocked("step"),
            new Event.Signalled("paid", null, VALUE, null),
            new Event.Signalled("paid", VALUE, VALUE, "me"),
            new Event.Stopping(RunStatus.CANCELLED, ERROR, "me"),
            new Event.Undoing("step", REQUEST),
            new Event.Undone("step", null),
            new Event.Undone("step", ERROR),
            new Event.Paused("me"),
            new Event.Resumed(null),
            new Event.Retried("me", 8L),
            new Event.Rejected("OVER", "it is over"),
            new Event.Rejected("RUN_EXISTS", "taken", new Event.Parent("above", "above/step/1/4")),
            new Event.Ignored("late"),
            new Event.Ended(RunStatus.COMPLETED, VALUE, null),
            new Event.Ended(RunStatus.PARTIAL, null, ERROR),
            new Event.Deleted("me"),
            new Event.Deleted(null));

    @Test
    void shouldReadWhatItWrote() throws Exception {
        // Given
        List<Entry> entries = new ArrayList<>();
        for (Event event : EVENTS) {
            entries.add(new Entry(event, 1_000 + entries.size(), destination(event)));
        }
        Journal.Batch batch = new Journal.Batch("run", "team", 5, 12, "run.start", 3, 99, entries);

        // When
        WorkflowEvent record = Journal.record(batch, "engine-1", Instant.EPOCH);

        // Then
        assertThat(Journal.batch(logged(record))).isEqualTo(batch);
    }

    @Test
    void shouldKnowEveryKindOfEvent() {
        // Given
        Set<Class<?>> known = new HashSet<>(Arrays.asList(Event.class.getPermittedSubclasses()));

        // When
        EVENTS.forEach(event -> known.remove(event.getClass()));

        // Then
        assertThat(known).as("kinds without an example").isEmpty();
        assertThat(RunEventType.values()).hasSize(Event.class.getPermittedSubclasses().length + 1);
    }

    @Test
    void shouldSayWhatIsWrongWithARecord() {
        assertThatThrownBy(() -> EventReader.read(RunEvent.newBuilder()
                        .setType(RunEventType.OPENED)
                        .setStepId("a")
                        .build()))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("OPENED: expected a value for value, got none");
        assertThatThrownBy(() -> EventReader.read(RunEvent.newBuilder().build()))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> Journal.batch(Journal.takeover("t", "engine-1", Instant.EPOCH)))
                .isInstanceOf(UnreadableEventException.class);
    }

    private static Entry.@Nullable Destination destination(Event event) {
        return event instanceof Event.Asked || event instanceof Event.Called || event instanceof Event.Undoing
                ? new Entry.Destination("tool.request.v1.gpu", 3)
                : null;
    }

    private static WorkflowEvent logged(WorkflowEvent record) throws UndecodableException {
        Wire wire = MemoryBus.wire();
        return wire.decode(Catalogue.WORKFLOW_EVENT, wire.encode(Catalogue.WORKFLOW_EVENT, record));
    }
}
