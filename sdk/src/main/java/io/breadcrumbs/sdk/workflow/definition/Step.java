package io.breadcrumbs.sdk.workflow.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow.
 *
 * @param needs the steps that must be over before it starts: those it names, those its templates and its condition
 *     refer to, and the choice that may leave it out
 * @param when it is left out unless this holds; absent: it always holds
 * @param timeout how long an attempt may take, from being asked for to its answer; for a wait or an approval, how long
 *     it waits
 * @param compensate what undoes it, should the run fail or be cancelled after it was completed
 */
public record Step(
        String id,
        Work work,
        Set<String> needs,
        @Nullable Condition when,
        Retry retry,
        Duration timeout,
        @Nullable OnFailure onFailure,
        Work.@Nullable Tool compensate) {

    public Step {
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
    }

    /** The same step, which needs these others too. */
    Step needing(Set<String> others) {
        Set<String> all = new LinkedHashSet<>(needs);
        all.addAll(others);
        return new Step(id, work, all, when, retry, timeout, onFailure, compensate);
    }

    /** What a failure of the step means, where that differs from what its workflow says. */
    public enum OnFailure {
        /** As {@link Definition.OnError#STOP}. */
        STOP,
        /** As {@link Definition.OnError#CONTINUE}. */
        CONTINUE,
        /** The step counts as left out: what depends on it goes on. */
        IGNORE
    }
}
