package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** A record that a receiver has taken, and owes the end of. */
public interface Delivery<V extends SpecificRecord> {

    Breadcrumb<V> breadcrumb();

    Lane lane();

    /** When and where the record is durable; fails if its append failed. On the eager lane that is later than now. */
    CompletableFuture<Position> durable();

    /** The record is done: whatever answers it is acknowledged. It will not come again to this group. Idempotent. */
    void done();

    /**
     * Gives back a record of which nothing has been handled: if the log has it, it comes again, here or to who has the
     * partition next. For a record of the eager lane whose append failed, or that must not keep a partition waiting.
     */
    void giveBack();

    /** The record is done as soon as {@code answer} is durable; if that fails, {@code retry} is called instead. */
    default void doneWhen(CompletionStage<Position> answer, Runnable retry) {
        answer.whenComplete((position, failure) -> {
            if (failure == null) {
                done();
            } else {
                retry.run();
            }
        });
    }
}
