package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.List;

/**
 * What was decided about an input.
 *
 * @param events in order; none if a timer was of no use any more
 * @param more whether a {@link Input.Continue} must follow, since a batch has a bound
 */
public record Decision(List<Event> events, boolean more) {

    public Decision {
        events = List.copyOf(events);
    }
}
