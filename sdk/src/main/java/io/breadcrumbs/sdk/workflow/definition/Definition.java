package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow without faults.
 *
 * @param name its name; absent where it was given inline without one
 * @param steps its steps by id, in the order in which they were written
 * @param onError what happens to the rest when a step has failed for good
 * @param timeout how long a run may take
 * @param output what a completed run gives; absent: the outputs of the steps on which no other depends, by id
 * @param source the definition as it was written, which a run keeps
 */
public record Definition(
        @Nullable String name,
        Map<String, Step> steps,
        OnError onError,
        @Nullable Duration timeout,
        @Nullable Template output,
        Json source) {

    /** What happens to the rest of a run when a step has failed for good. */
    public enum OnError {
        /** No further step starts, and what runs is cancelled. */
        STOP,
        /** What does not depend on the failed step goes on. */
        CONTINUE
    }
}
