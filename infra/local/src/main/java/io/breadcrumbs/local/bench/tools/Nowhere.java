package io.breadcrumbs.local.bench.tools;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Latest;
import io.breadcrumbs.sdk.Load;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * A bus that costs nothing: what is published is durable at once and goes nowhere, but for tools, which its one tail of
 * the catalogue reads. What a runner on it costs is the runner's own.
 */
final class Nowhere implements Bus {

    private final AtomicLong published = new AtomicLong();
    private volatile Receiver<ToolRequest> receiver = _ -> false;
    private volatile TailReader<ToolDefinition> catalogue = (_, _, _) -> {};

    /** Hands a request to whoever subscribed last. */
    Receiver<ToolRequest> receiver() {
        return receiver;
    }

    @Override
    public String instance() {
        return "nowhere";
    }

    @Override
    public Spans spans() {
        return Spans.OFF;
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        Position at = new Position(new Partition(draft.topic().name(), 0), published.getAndIncrement());
        if (draft.value() instanceof ToolDefinition tool) {
            catalogue.read(
                    new Breadcrumb<>(Catalogue.TOOL, at.partition(), draft.key(), tool, Headers.NONE), at, Lane.TAIL);
        }
        return CompletableFuture.completedFuture(at);
    }

    @Override
    @SuppressWarnings("unchecked") // a runner subscribes to requests only
    public <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> to) {
        receiver = (Receiver<ToolRequest>) (Receiver<?>) to;
        return new Quiet();
    }

    @Override
    @SuppressWarnings("unchecked") // the catalogue has definitions only
    public <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> reader) {
        if (from.topic().equals(Catalogue.TOOL)) {
            catalogue = (TailReader<ToolDefinition>) (TailReader<?>) reader;
        }
        return new Quiet();
    }

    @Override
    public <V extends SpecificRecord> Runnable watch(
            Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher) {
        return () -> {};
    }

    @Override
    public int near(Topic<ToolRequest> topic, String requestId) {
        return 0;
    }

    @Override
    public Call request(Ask ask) {
        throw new UnsupportedOperationException("nobody answers here");
    }

    @Override
    public Call await(String requestId, Duration atMost) {
        throw new UnsupportedOperationException("nobody answers here");
    }

    @Override
    public int partition(Topic<?> topic, String key) {
        return 0;
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public CompletableFuture<Map<String, Integer>> members(Set<String> groups) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public Writer writer(String name) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public Readiness readiness() {
        return new Readiness(List.of());
    }

    @Override
    public Load load() {
        return Load.NONE;
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** To whom nothing comes. */
    private static final class Quiet implements Subscription, Tail {

        @Override
        public CompletableFuture<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return ready();
        }

        @Override
        public CompletableFuture<Void> caughtUpNow() {
            return ready();
        }

        @Override
        public Set<Partition> owned() {
            return Set.of();
        }

        @Override
        public long queued() {
            return 0;
        }

        @Override
        public long next(int partition) {
            return 0;
        }

        @Override
        public Optional<Instant> behindSince() {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Long> lag() {
            return CompletableFuture.completedFuture(0L);
        }

        @Override
        public void resume() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
