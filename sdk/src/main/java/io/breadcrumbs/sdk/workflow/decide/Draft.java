package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.ArrayList;
import java.util.List;

/** The events of a decision so far. Each is applied at once: what is decided next rests on it. */
final class Draft {

    /** A batch stays well below what a record may hold; what comes on top is little. */
    private static final int MOST_CHARACTERS = 100_000;

    private static final int MOST_EVENTS = 500;

    private final Run run;
    private final Facts facts;
    private final List<Event> events = new ArrayList<>();
    private int characters;

    Draft(Run run, Facts facts) {
        this.run = run;
        this.facts = facts;
    }

    Run run() {
        return run;
    }

    Facts facts() {
        return facts;
    }

    void emit(Event event) {
        run.apply(event, facts.now());
        events.add(event);
        characters += size(event);
    }

    boolean hasRoom() {
        return characters < MOST_CHARACTERS && events.size() < MOST_EVENTS;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    Decision decision(boolean more) {
        return new Decision(events, more);
    }

    private static int size(Event event) {
        return switch (event) {
            case Event.Started started ->
                started.source().length()
                        + started.input().length()
                        + started.given().stream()
                                .mapToInt(given -> length(given.output()))
                                .sum();
            case Event.Asked asked -> asked.request().input().length();
            case Event.Called called -> called.child().input().length();
            case Event.Completed completed -> length(completed.output());
            case Event.Opened opened -> opened.items().length();
            case Event.Waits waits ->
                length(waits.about())
                        + (waits.title() == null ? 0 : waits.title().length());
            default -> 0;
        };
    }

    private static int length(@org.jspecify.annotations.Nullable Value value) {
        return value == null ? 0 : value.length();
    }
}
