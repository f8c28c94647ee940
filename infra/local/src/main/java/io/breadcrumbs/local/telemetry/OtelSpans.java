package io.breadcrumbs.local.telemetry;

import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Spans as OpenTelemetry makes them: it draws ids, and decides which traces are recorded. */
final class OtelSpans implements Spans {

    private final Tracer tracer;

    OtelSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Span begin(Kind kind, String name, @Nullable String parent) {
        Context context = parent != null && Trace.isOne(parent)
                ? Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote(parent)))
                : Context.root();
        return new Shown(tracer.spanBuilder(name)
                .setParent(context)
                .setSpanKind(
                        switch (kind) {
                            case SERVER -> SpanKind.SERVER;
                            case PRODUCER -> SpanKind.PRODUCER;
                            case CONSUMER -> SpanKind.CONSUMER;
                        })
                .startSpan());
    }

    private static SpanContext remote(String parent) {
        return SpanContext.createFromRemoteParent(
                Trace.traceId(parent),
                Trace.spanId(parent),
                Trace.isRecorded(parent) ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    /** One of its spans. */
    private record Shown(io.opentelemetry.api.trace.Span span) implements Span {

        @Override
        public @Nullable String traceparent() {
            SpanContext context = span.getSpanContext();
            return context.isValid()
                    ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                            + context.getTraceFlags().asHex()
                    : null;
        }

        @Override
        public Span set(String key, @Nullable String value) {
            if (value != null) {
                span.setAttribute(key, value);
            }
            return this;
        }

        @Override
        public Span set(String key, long value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public Span failed(String code) {
            span.setStatus(StatusCode.ERROR).setAttribute("error.type", code);
            return this;
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
