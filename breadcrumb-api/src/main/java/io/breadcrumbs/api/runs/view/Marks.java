package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.journal.JournalReader.Rule;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far the view of runs is.
 *
 * @param partitions of commands and journal, which have the same ones
 */
record Marks(Instant savedAt, Map<Integer, Mark> partitions) {

    /** The log keeps a week what says that a run was deleted: who was away longer would show it for ever. */
    private static final Duration USED_FOR = Duration.ofDays(6);

    static final Marks NONE = new Marks(Instant.EPOCH, Map.of());

    /**
     * How far a topic is read in a partition.
     *
     * @param next the first offset that is not in
     * @param last the key of the record before it
     */
    record Place(long next, String last) {}

    /** One partition; null where nothing of it is in. */
    record Mark(@Nullable Place commands, @Nullable Place journal, Rule rule) {}

    Marks {
        partitions = Map.copyOf(partitions);
    }

    /** Whether it is recent enough, and the log still has the very records that were read last. */
    CompletableFuture<Boolean> holds(Bus bus, Instant now) {
        if (partitions.isEmpty() || savedAt.plus(USED_FOR).isBefore(now)) {
            return CompletableFuture.completedFuture(false);
        }
        return has(bus, Catalogue.WORKFLOW_COMMAND, Mark::commands)
                .thenCombine(
                        has(bus, Catalogue.WORKFLOW_EVENT, Mark::journal), (commands, journal) -> commands && journal);
    }

    private <V extends SpecificRecord> CompletableFuture<Boolean> has(
            Bus bus, Topic<V> topic, Function<Mark, @Nullable Place> which) {
        List<Position> places = new ArrayList<>();
        partitions.forEach((partition, mark) -> {
            Place place = which.apply(mark);
            if (place != null) {
                places.add(new Position(new Partition(topic.name(), partition), place.next() - 1));
            }
        });
        return bus.ends(topic).thenCompose(ends -> {
            boolean shorter = places.stream()
                    .anyMatch(place -> ends.getOrDefault(place.partition().number(), 0L) <= place.offset());
            return shorter
                    ? CompletableFuture.completedFuture(false)
                    : bus.find(topic, places)
                            .thenApply(found -> places.stream().allMatch(place -> {
                                var there = found.get(place);
                                Mark mark = partitions.get(place.partition().number());
                                Place known = mark == null ? null : which.apply(mark);
                                return there != null
                                        && known != null
                                        && there.key().equals(known.last());
                            }));
        });
    }
}
