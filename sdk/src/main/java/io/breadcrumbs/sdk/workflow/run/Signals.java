package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which signal a step waits for. */
final class Signals {

    private Signals() {}

    /** The first of these signals that the step waits for; null if none is. */
    static Event.@Nullable Signalled matching(Collection<Event.Signalled> signals, Step step, @Nullable Value about) {
        if (step.work() instanceof Work.Signal wanted) {
            for (Event.Signalled signal : signals) {
                if (signal.name().equals(wanted.name()) && carries(signal, about)) {
                    return signal;
                }
            }
        }
        return null;
    }

    private static boolean carries(Event.Signalled signal, @Nullable Value about) {
        Value carried = signal.about();
        return about == null || (carried != null && carried.json().equals(about.json()));
    }
}
