package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/** A bus that carries the catalogue to one reader, and nothing else. */
final class CatalogueBus implements Bus {

    private static final Partition PARTITION = new Partition(Catalogue.TOOL.name(), 0);

    private final TailReader<ToolDefinition> reader;
    private final List<String> published = new ArrayList<>();
    private int refusals;

    CatalogueBus(TailReader<ToolDefinition> reader) {
        this.reader = reader;
    }

    /** Refuses that many records, as if the log was away. */
    synchronized void refuse(int count) {
        refusals = count;
    }

    /** Keys that were published, in order; those of tombstones after a minus. */
    synchronized List<String> published() {
        return List.copyOf(published);
    }

    @Override
    public String instance() {
        return "here";
    }

    @Override
    public Spans spans() {
        return Spans.OFF;
    }

    @Override
    public synchronized <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        if (refusals > 0) {
            refusals--;
            return CompletableFuture.failedFuture(new BusException(ErrorCode.AWAY, "away"));
        }
        Position position = new Position(PARTITION, published.size());
        published.add((draft.value() == null ? "-" : "") + draft.key());
        reader.read(
                new Breadcrumb<>(Catalogue.TOOL, PARTITION, draft.key(), (ToolDefinition) draft.value(), Headers.NONE),
                position,
                Lane.TAIL);
        return CompletableFuture.completedFuture(position);
    }

    @Override
    public int partition(Topic<?> topic, String key) {
        return 0;
    }

    @Override
    public <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> receiver) {
        throw new UnsupportedOperationException("subscribe");
    }

    @Override
    public <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> other) {
        throw new UnsupportedOperationException("tail");
    }

    @Override
    public <V extends SpecificRecord> Runnable watch(
            Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher) {
        throw new UnsupportedOperationException("watch");
    }

    @Override
    public int near(Topic<ToolRequest> topic, String requestId) {
        throw new UnsupportedOperationException("near");
    }

    @Override
    public Call request(Ask ask) {
        throw new UnsupportedOperationException("request");
    }

    @Override
    public Call await(String requestId, Duration atMost) {
        throw new UnsupportedOperationException("await");
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Map<String, Integer>> members(Set<String> groups) {
        throw new UnsupportedOperationException("members");
    }

    @Override
    public Writer writer(String name) {
        throw new UnsupportedOperationException("writer");
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions) {
        throw new UnsupportedOperationException("read");
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition) {
        throw new UnsupportedOperationException("latest");
    }

    @Override
    public Load load() {
        return Load.NONE;
    }

    @Override
    public Readiness readiness() {
        return new Readiness(List.of());
    }

    @Override
    public void close() {
        // it has nothing
    }
}
