package io.breadcrumbs.sdk.trace;

import org.jspecify.annotations.Nullable;

/** Makes spans, and tells whoever collects them. Any thread; must be quick, and never throws. */
public interface Spans {

    /** Which side of an exchange a span is. */
    enum Kind {
        /** Answers somebody's request. */
        SERVER,
        /** Sends a record. */
        PRODUCER,
        /** Works on a record. */
        CONSUMER
    }

    /** Nobody is told: what a record or a request belongs to is handed on as it came. */
    Spans OFF = new Spans() {
        @Override
        public boolean on() {
            return false;
        }

        @Override
        public Span begin(Kind kind, String name, @Nullable String parent) {
            return parent == null ? Span.NONE : new Untold(parent);
        }
    };

    /** Whether anybody is told; where it costs to say what a span is about, who asks first saves that. */
    boolean on();

    /**
     * A span that begins now.
     *
     * @param name of few values: a route, a topic, a tool
     * @param parent the traceparent of what it belongs to, as it came; null, or none: it begins a trace
     */
    Span begin(Kind kind, String name, @Nullable String parent);
}
