package io.breadcrumbs.api.trace;

import io.breadcrumbs.api.problem.ProblemAnswers;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with the trace of whoever asks, or begins one, before anything else looks at the request. Of a request it
 * shows the route as it is declared, never what a caller made up.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TracedRequests implements Ordered {

    private static final String SPAN = "breadcrumbs.span";
    /** Attribute of a request: the traceparent of what is done for it. */
    static final String TRACE = "breadcrumbs.trace";

    private static final int SERVER_ERROR = 500;

    private final Spans spans;

    TracedRequests(Spans spans) {
        this.spans = spans;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.TRACING.order();
    }

    @RequestFilter
    void begin(HttpRequest<?> request, MutablePropagatedContext context) {
        String said = request.getHeaders().get(Trace.HEADER);
        String parent = Trace.isOne(said) ? said : null;
        String route = BasicHttpAttributes.getUriTemplate(request).orElse(null);
        String method = route == null ? "HTTP" : request.getMethodName();
        Span span = (isProbe(route) ? Spans.OFF : spans)
                .begin(Spans.Kind.SERVER, route == null ? method : method + " " + route, parent)
                .set("http.request.method", route == null ? null : method)
                .set("http.route", route);
        String trace = span.traceparent();
        if (trace == null) {
            trace = Trace.child(null, () -> ThreadLocalRandom.current().nextLong());
        }
        request.setAttribute(SPAN, span);
        request.setAttribute(TRACE, trace);
        context.add(new InTrace(trace));
    }

    /** Asked again and again, and nothing comes of it. */
    private static boolean isProbe(@Nullable String route) {
        return route != null && (route.startsWith("/health") || route.equals("/prometheus"));
    }

    /** Callers find the trace by its id, in the log as well. */
    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(TRACE, String.class)
                .ifPresent(trace -> response.header(InTrace.ANSWER, Trace.traceId(trace)));
        Span span = request.getAttribute(SPAN, Span.class).orElse(Span.NONE);
        @Nullable String problem = ProblemAnswers.codeOf(response);
        span.set("http.response.status_code", response.code()).set("breadcrumbs.problem", problem);
        if (response.code() >= SERVER_ERROR) {
            span.failed(problem == null ? String.valueOf(response.code()) : problem);
        }
        span.end();
    }
}
