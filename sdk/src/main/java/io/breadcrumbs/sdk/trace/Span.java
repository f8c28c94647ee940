package io.breadcrumbs.sdk.trace;

import org.jspecify.annotations.Nullable;

/**
 * One piece of work, as a trace shows it. Never payloads, secrets, or what callers make up: ids, names of the
 * catalogue, codes. Any thread, one after the other.
 */
public interface Span {

    /** It is shown to nobody, and belongs to no trace. */
    Span NONE = new Untold(null);

    /** What is done within it has this traceparent; null: it belongs to no trace. */
    @Nullable
    String traceparent();

    /** Says something of it; null says nothing. */
    Span set(String key, @Nullable String value);

    Span set(String key, long value);

    /** It went wrong, with this code or status. */
    Span failed(String code);

    /** It is over now. Called once. */
    void end();
}
