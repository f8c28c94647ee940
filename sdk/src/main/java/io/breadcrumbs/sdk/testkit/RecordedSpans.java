package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps the spans that have ended, in that order. Any thread. */
public final class RecordedSpans implements Spans {

    private final RandomGenerator random;
    private final List<Ended> ended = new CopyOnWriteArrayList<>();

    public RecordedSpans(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A span that has ended.
     *
     * @param said of it, by key
     * @param failure why it failed; null: it did not
     */
    public record Ended(
            Kind kind,
            String name,
            @Nullable String parent,
            String traceparent,
            Map<String, String> said,
            @Nullable String failure) {

        public Ended {
            said = Map.copyOf(said);
        }
    }

    /** Those that have ended so far. */
    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Span begin(Kind kind, String name, @Nullable String parent) {
        return new Open(kind, name, parent, Trace.child(parent, random));
    }

    /** One that has not ended. */
    private final class Open implements Span {

        private final Kind kind;
        private final String name;
        private final @Nullable String parent;
        private final String traceparent;
        private final Map<String, String> said = new TreeMap<>();
        private @Nullable String failure;

        Open(Kind kind, String name, @Nullable String parent, String traceparent) {
            this.kind = kind;
            this.name = name;
            this.parent = parent;
            this.traceparent = traceparent;
        }

        @Override
        public String traceparent() {
            return traceparent;
        }

        @Override
        public synchronized Span set(String key, @Nullable String value) {
            if (value != null) {
                said.put(key, value);
            }
            return this;
        }

        @Override
        public Span set(String key, long value) {
            return set(key, Long.toString(value));
        }

        @Override
        public synchronized Span failed(String code) {
            failure = code;
            return this;
        }

        @Override
        public synchronized void end() {
            ended.add(new Ended(kind, name, parent, traceparent, said, failure));
        }
    }
}
