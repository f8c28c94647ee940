package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Partition;
import org.apache.avro.specific.SpecificRecord;

/** Takes the records of a subscription. Called from publishing and from reading threads, several at once. */
@FunctionalInterface
public interface Receiver<V extends SpecificRecord> {

    /**
     * Takes note of a record, or refuses it because there is no room. It must not block and must not do the work: it
     * only sees to it that another thread does. A refused record stays in the log and is offered again, before all that
     * come after it; nothing of it may be kept.
     *
     * @return true if the record was taken; {@link Delivery#done} is owed then
     */
    boolean offer(Delivery<V> delivery);

    /** The partition is this instance's; its records come after this. */
    default void attached(Partition partition) {}

    /** The partition is to be given up: nothing more of it comes; what runs should come to an end. */
    default void draining(Partition partition) {}

    /** The partition is somebody else's. What still runs will not be acknowledged. */
    default void detached(Partition partition) {}
}
