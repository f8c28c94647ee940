package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.log.Fetched;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A group loop's share of one partition: the ledger, and the records that found no room. The loop's thread owns it. */
final class Share<V extends SpecificRecord> {

    /** A record that waits to be offered; decoded or not yet. */
    record Waiting<V extends SpecificRecord>(
            @Nullable Fetched fetched, @Nullable Breadcrumb<V> decoded) {}

    final Ledger<V> ledger;
    /** By offset. At most what one poll brought: the partition is paused meanwhile. */
    final TreeMap<Long, Waiting<V>> backlog = new TreeMap<>();

    boolean paused;
    /** Nothing is offered while it is not known what a former owner answered and could not commit. */
    boolean held;
    /** The ids that were answered since, for records before {@code answeredUntil}; null while that is not known. */
    @Nullable
    Set<String> answered;

    long answeredUntil;

    Share(Ledger<V> ledger) {
        this.ledger = ledger;
    }
}
