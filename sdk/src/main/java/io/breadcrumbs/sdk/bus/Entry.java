package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A record that a ledger has handed over, or is about to. Its fields are guarded by its ledger's monitor. */
final class Entry<V extends SpecificRecord> implements Delivery<V> {

    /** The offset of a record that is on its way to the log. */
    static final long NOT_KNOWN = -1;

    private final Ledger<V> ledger;
    private final Breadcrumb<V> breadcrumb;
    private final Lane lane;

    /** How far the answers reached at least when this was taken. */
    final AnswerMarks.Mark mark;

    long offset;
    /** Its log copy came by. */
    boolean seen;

    boolean done;
    /** After a failed append: the end of the log that was seen then. */
    long doubtEnd = NOT_KNOWN;

    private @Nullable CompletableFuture<Position> durable;

    Entry(Ledger<V> ledger, Breadcrumb<V> breadcrumb, Lane lane, long offset, AnswerMarks.Mark mark) {
        this.mark = mark;
        this.ledger = ledger;
        this.breadcrumb = breadcrumb;
        this.lane = lane;
        this.offset = offset;
    }

    @Override
    public Breadcrumb<V> breadcrumb() {
        return breadcrumb;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public CompletableFuture<Position> durable() {
        CompletableFuture<Position> future;
        Position known = null;
        synchronized (ledger) {
            future = durable;
            if (future == null) {
                future = new CompletableFuture<>();
                durable = future;
                known = offset == NOT_KNOWN ? null : new Position(ledger.partition(), offset);
            }
        }
        if (known != null) {
            future.complete(known);
        }
        return future;
    }

    long seq() {
        return breadcrumb.headers().seq();
    }

    /** The future that somebody waits for, if anybody does. The ledger completes it when it holds no monitor. */
    @Nullable
    CompletableFuture<Position> awaited() {
        return durable;
    }

    @Override
    public void giveBack() {
        ledger.givenBack(this);
    }

    @Override
    public void done() {
        ledger.done(this);
    }
}
