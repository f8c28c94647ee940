package io.breadcrumbs.sdk.trace;

import org.jspecify.annotations.Nullable;

/** A span that nobody is told of: what is done within it belongs to its parent. */
record Untold(@Nullable String traceparent) implements Span {

    @Override
    public Span set(String key, @Nullable String value) {
        return this;
    }

    @Override
    public Span set(String key, long value) {
        return this;
    }

    @Override
    public Span failed(String code) {
        return this;
    }

    @Override
    public void end() {
        // nobody is told
    }
}
