package io.breadcrumbs.sdk;

import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** The usual receiver: one virtual thread a record, at most so many at once. */
public final class Handlers {

    private Handlers() {}

    /**
     * Calls {@code work} on a virtual thread of its own for each record. The work calls {@link Delivery#done} itself,
     * when its answer is durable; if it throws, {@code failed} sees to the end of the record.
     */
    public static <V extends SpecificRecord> Receiver<V> onVirtualThreads(
            int atOnce, Consumer<Delivery<V>> work, BiConsumer<Delivery<V>, RuntimeException> failed) {
        Semaphore room = new Semaphore(atOnce);
        return delivery -> {
            if (!room.tryAcquire()) {
                return false;
            }
            String trace = delivery.breadcrumb().headers().trace();
            Runnable handling = () -> {
                try {
                    work.accept(delivery);
                } catch (RuntimeException e) {
                    failed.accept(delivery, e);
                } catch (Error e) { // the record needs an end all the same
                    failed.accept(delivery, new IllegalStateException("the work ended with " + e, e));
                } finally {
                    room.release();
                }
            };
            Thread.startVirtualThread(() -> Trace.within(trace, handling));
            return true;
        };
    }
}
