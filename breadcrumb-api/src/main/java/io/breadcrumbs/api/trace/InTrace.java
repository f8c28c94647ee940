package io.breadcrumbs.api.trace;

import io.breadcrumbs.sdk.Trace;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import org.jspecify.annotations.Nullable;

/**
 * What Micronaut carries along with a request, from thread to thread: the traceparent of what is done for it. What
 * those threads publish and log belongs to it.
 */
record InTrace(String traceparent) implements ThreadPropagatedContextElement<@Nullable String> {

    /** The header of answers that has the id of their trace. */
    static final String ANSWER = "Trace-Id";

    @Override
    public @Nullable String updateThreadContext() {
        return Trace.enter(traceparent);
    }

    @Override
    public void restoreThreadContext(@Nullable String before) {
        Trace.enter(before);
    }
}
