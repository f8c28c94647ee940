package io.breadcrumbs.api.trace;

import io.breadcrumbs.sdk.Trace;
import io.micronaut.http.HttpRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request names in its body, as messages of some protocols may; it counts where no header names one.
 */
public final class NamedTrace {

    private NamedTrace() {}

    /**
     * Does what a request asks for, as part of the trace that it names. The span of the request itself has begun before
     * its body was read, and stays where it is.
     *
     * @param traceparent as the body has it; anything else than a traceparent is passed over
     */
    public static <T> T within(HttpRequest<?> request, @Nullable String traceparent, Supplier<T> what) {
        if (!Trace.isOne(traceparent) || Trace.isOne(request.getHeaders().get(Trace.HEADER))) {
            return what.get();
        }
        request.setAttribute(TracedRequests.TRACE, traceparent);
        return Trace.within(traceparent, what);
    }
}
