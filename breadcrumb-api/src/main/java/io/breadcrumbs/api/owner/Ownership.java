package io.breadcrumbs.api.owner;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Partition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides commands about breadcrumbs, as a member of the owners' group: those of the partitions that it is given. */
public final class Ownership implements Receiver<BreadcrumbCommand>, AutoCloseable {

    static final String GROUP = "breadcrumb.owner";

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();
    private final Subscription subscription;

    /**
     * Joins the group.
     *
     * @param hands runs what must not run on the thread that found it
     */
    public Ownership(Bus bus, Time time, Executor hands) {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        this.subscription = bus.subscribe(Group.of(GROUP, Catalogue.BREADCRUMB_COMMAND), this);
    }

    /** The partitions whose commands this process decides, and is ready to. */
    public Set<Integer> partitions() {
        return owned.entrySet().stream()
                .filter(one -> one.getValue().ready())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What keeps it from deciding the commands of its partitions; null if nothing does. */
    public @Nullable String missing() {
        List<Integer> waiting = owned.entrySet().stream()
                .filter(one -> !one.getValue().ready())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return waiting.isEmpty()
                ? null
                : "the partitions " + waiting + " of the breadcrumbs are still being taken over";
    }

    @Override
    public boolean offer(Delivery<BreadcrumbCommand> delivery) {
        OwnedPartition partition = owned.get(delivery.breadcrumb().partition().number());
        return partition != null && partition.offer(delivery);
    }

    @Override
    public void attached(Partition partition) {
        OwnedPartition begun = new OwnedPartition(bus, time, hands, partition.number(), this::roomAgain);
        OwnedPartition before = owned.put(partition.number(), begun);
        if (before != null) {
            before.close();
        }
    }

    private void roomAgain() {
        subscription.resume();
    }

    @Override
    public void detached(Partition partition) {
        OwnedPartition gone = owned.remove(partition.number());
        if (gone != null) {
            gone.close();
        }
    }

    /** Leaves the group: waits for the sets that are under way, up to the bus's bound. Blocks. */
    @Override
    public void close() {
        subscription.close();
        owned.values().forEach(OwnedPartition::close);
        owned.clear();
    }
}
