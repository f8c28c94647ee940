package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Spans;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The two-lane bus of one instance.
 *
 * <p>The log is the truth. What this instance publishes reaches its own subscriptions at once (eager lane) and its own
 * tails right after the acknowledgement (tail lane); everybody else reads the same records from the log. A receiver
 * that sees a record on both lanes is called once.
 */
public interface Bus extends AutoCloseable {

    /** The id of this instance, new at every start. */
    String instance();

    /** Where what happens on this bus is told to whoever collects traces. */
    Spans spans();

    /**
     * Publishes a breadcrumb. The future completes when it is durable, or with a {@link BusException}, whose code tells
     * whether the log may have it all the same.
     */
    <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft);

    /** Publishes a breadcrumb to the partition that its key hashes to. */
    default <V extends SpecificRecord> CompletableFuture<Position> publish(Topic<V> topic, String key, V value) {
        return publish(Draft.of(topic, key, value));
    }

    /** The partition of a topic that a key hashes to, for every client; -1 while the topic is not known. */
    int partition(Topic<?> topic, String key);

    /** Receives what a group is given: each record by one member of the group, acknowledged when it is done. */
    <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> receiver);

    /** Reads partitions in the log's order, without a group. */
    <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> reader);

    /**
     * Sees the records that this instance publishes to a topic when they are on their way to the log: the eager lane of
     * who takes part in no group. Whatever is not seen here comes by the log; what is seen may fail to get there.
     * Called by the publishing thread, which it must not block.
     *
     * @param watcher is told also when and where the record is durable; that fails if its append failed
     * @return ends it
     */
    <V extends SpecificRecord> Runnable watch(
            Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher);

    /**
     * The partition to which a request with this id is best sent: one that this instance takes on the eager lane now,
     * otherwise the one that the id hashes to.
     */
    int near(Topic<ToolRequest> topic, String requestId);

    /** Asks for a tool. The call knows its request id at once, and its answer as soon as any lane brings it. */
    Call request(Ask ask);

    /** Awaits the answer to a request that somebody else published. */
    Call await(String requestId, java.time.Duration atMost);

    /** Where each partition of a topic ends now: the offset of its next record. Fails while the log cannot say. */
    CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic);

    /** Where one partition of a topic ends now. Fails while the log cannot say. */
    default CompletableFuture<Long> end(Topic<?> topic, int partition) {
        return ends(topic).thenApply(ends -> ends.getOrDefault(partition, 0L));
    }

    /** Where each partition of a topic begins now: the offset of the oldest record that it still has. */
    CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic);

    /** How many members each of these groups has; 0 where there is no such group. Fails while the log cannot say. */
    CompletableFuture<Map<String, Integer>> members(Set<String> groups);

    /** Publishes sets of breadcrumbs, as the only one of this name. */
    Writer writer(String name);

    /**
     * The records at these positions, in their order; where none stands, or retention took it away, or nobody can
     * decode it, the position is left out.
     */
    <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions);

    /** The same, without the positions. */
    default <V extends SpecificRecord> CompletableFuture<List<Breadcrumb<V>>> read(
            Topic<V> topic, List<Position> positions) {
        return find(topic, positions).thenApply(found -> List.copyOf(found.values()));
    }

    /** The latest record of each key of a partition of a compacted topic, as soon as the partition has been read. */
    <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition);

    /** Whether all that a bus needs is there, and if not, what is missing. */
    Readiness readiness();

    /** What is under way now, for metrics and tests. */
    Load load();

    /**
     * Gives up its partitions, waits for what runs up to a bound, and for the acknowledgement of what was published.
     */
    @Override
    void close();
}
