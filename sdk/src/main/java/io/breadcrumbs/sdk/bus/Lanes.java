package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Who in this instance receives what it publishes: groups on the eager lane, tails on the tail lane. Any thread. */
final class Lanes {

    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Parts parts;
    private final List<GroupLoop<?>> groups = new CopyOnWriteArrayList<>();
    private final List<TailLoop<?>> tails = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Breadcrumb<?>, CompletableFuture<Position>>> witnesses = new CopyOnWriteArrayList<>();

    Lanes(Parts parts) {
        this.parts = parts;
    }

    void add(GroupLoop<?> group) {
        groups.add(group);
    }

    void remove(GroupLoop<?> group) {
        groups.remove(group);
    }

    void add(TailLoop<?> tail) {
        tails.add(tail);
    }

    void remove(TailLoop<?> tail) {
        tails.remove(tail);
    }

    /**
     * Sees every record that this instance publishes, when it is on its way, and when that is durable; must not block.
     * What ends it.
     */
    Runnable witness(BiConsumer<Breadcrumb<?>, CompletableFuture<Position>> witness) {
        witnesses.add(witness);
        return () -> witnesses.remove(witness);
    }

    List<GroupLoop<?>> groups() {
        return groups;
    }

    /** The local receivers whose eager lane is open for the record; null if there are none. */
    <V extends SpecificRecord> @Nullable Admitted<V> admit(Breadcrumb<V> breadcrumb) {
        Admitted<V> admitted = null;
        for (GroupLoop<?> any : groups) {
            @SuppressWarnings("unchecked") // a topic has one record type
            GroupLoop<V> group = (GroupLoop<V>) any;
            Ledger<V> ledger = group.ledger(breadcrumb.partition());
            Entry<V> entry = ledger == null ? null : ledger.admit(breadcrumb);
            if (ledger != null && entry != null) {
                admitted = new Admitted<>(this, group, ledger, entry, admitted);
            }
        }
        return admitted;
    }

    void passing(Breadcrumb<?> breadcrumb, CompletableFuture<Position> durable) {
        for (BiConsumer<Breadcrumb<?>, CompletableFuture<Position>> witness : witnesses) {
            witness.accept(breadcrumb, durable);
        }
    }

    <V extends SpecificRecord> void acknowledged(Breadcrumb<V> breadcrumb, long offset) {
        for (GroupLoop<?> group : groups) {
            group.acknowledged(breadcrumb.partition(), offset);
        }
        for (TailLoop<?> any : tails) {
            @SuppressWarnings("unchecked") // a topic has one record type
            TailLoop<V> tail = (TailLoop<V>) any;
            TailCursor<V> cursor = tail.cursor(breadcrumb.partition());
            if (cursor != null) {
                cursor.acknowledged(breadcrumb, offset);
            }
        }
    }

    private void settle(Partition partition, Consumer<Long> end) {
        parts.log().end(partition).whenComplete((offset, failure) -> {
            if (failure == null) {
                end.accept(offset);
            } else {
                parts.time().after(AGAIN, () -> settle(partition, end));
            }
        });
    }

    /** A record that a group's eager lane admitted, and the next group that did. */
    record Admitted<V extends SpecificRecord>(
            Lanes lanes,
            GroupLoop<V> group,
            Ledger<V> ledger,
            Entry<V> entry,
            @Nullable Admitted<V> next) {

        void offer() {
            if (!taken()) {
                ledger.refused(entry);
                group.refused();
            }
            if (next != null) {
                next.offer();
            }
        }

        private boolean taken() {
            try {
                return group.receiver().offer(entry);
            } catch (RuntimeException e) {
                return false; // the publisher cannot help it: the record comes by the log, and if it fails again, there
            }
        }

        void acknowledged(long offset) {
            ledger.acknowledged(entry, offset);
            if (next != null) {
                next.acknowledged(offset);
            }
        }

        void notAppended(BusException why) {
            ledger.notAppended(entry, why);
            if (next != null) {
                next.notAppended(why);
            }
        }

        void appendUnknown(BusException why) {
            ledger.appendUnknown(entry, why);
            lanes.settle(ledger.partition(), end -> ledger.doubtEnds(entry, end));
            if (next != null) {
                next.appendUnknown(why);
            }
        }
    }
}
