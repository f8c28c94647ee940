package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.mailbox.Alarms;
import io.breadcrumbs.engine.memory.Expiry;
import io.breadcrumbs.engine.memory.Head;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.journal.BatchKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the journal loses deleted runs, and that runs are deleted which were kept long enough.
 *
 * <p>A run's batches go when all that they ordered is sent, the oldest first, and the one before the last when all
 * others have gone: until that is read, whoever takes over begins again, which does no harm. Until then nothing is
 * decided about the run, so that no batch of a run that begins anew can have a key that is still to go. The batch that
 * deletes it goes when its start cannot be read in the log any more, and what was refused meanwhile goes with it.
 *
 * <p>One thread at a time.
 */
final class Burials {

    /** Among the alarms of runs: nobody's run has this id. */
    static final String ALARM = "";

    static final String REASON = "a run of this id was deleted; it can be used again when the log has lost its start";

    private static final Duration AGAIN = Duration.ofMillis(20);
    private static final int AT_A_TIME = 100;

    private final Memory memory;
    private final Scribe scribe;
    private final Alarms alarms;
    private final Time time;
    private final Consumer<Runnable> post;
    private final Deque<Dead> dead = new ArrayDeque<>();
    /** Runs about which inputs wait in the inbox. */
    private final Set<String> held = new HashSet<>();
    /** Runs whose last batch is on its way out. */
    private final Set<String> leaving = new HashSet<>();

    private boolean waits;
    private boolean closed;

    /** A deleted run, and the place in the journal up to which all must be sent. */
    private record Dead(String runId, long offset) {}

    Burials(Memory memory, Scribe scribe, Alarms alarms, Time time, Consumer<Runnable> post) {
        this.memory = memory;
        this.scribe = scribe;
        this.alarms = alarms;
        this.time = time;
        this.post = post;
    }

    /** Goes on with what the one before has left; what he owes is sent when all is sent up to the epoch. */
    void begin(long epoch) {
        memory.dying(runId -> dead.add(new Dead(runId, epoch)));
        memory.expiries(1).forEach(first -> alarms.set(ALARM, first.due()));
        advance();
    }

    /** The memory has a run up to the batch that stands there. */
    void remembered(String runId, Head head, long offset) {
        if (head.state() == Head.State.DELETED) {
            dead.add(new Dead(runId, offset));
            advance();
        } else if (head.state() == Head.State.OVER && head.due() != 0) {
            alarms.set(ALARM, head.due());
        }
    }

    private void advance() {
        long sent = dead.isEmpty() ? 0 : scribe.sent();
        while (!dead.isEmpty() && dead.peek().offset() <= sent) {
            String runId = dead.remove().runId();
            Head head = memory.head(runId);
            if (head != null && head.state() == Head.State.DELETED) { // the one before may have buried it meanwhile
                List<BatchKey> keys = keys(runId);
                bury(keys.subList(0, Math.max(0, keys.size() - 1)), 0);
            }
        }
        if (!dead.isEmpty() && !waits) {
            waits = true;
            time.after(
                    AGAIN,
                    () -> post.accept(() -> {
                        waits = false;
                        if (!closed) {
                            advance();
                        }
                    }));
        }
    }

    private List<BatchKey> keys(String runId) {
        List<BatchKey> keys = new ArrayList<>();
        for (WorkflowEvent one : memory.batches(runId)) {
            keys.add(new BatchKey(runId, one.getEpoch(), one.getSequence(), false));
        }
        return keys;
    }

    /** Removes batches from the journal: the last of them when all others are gone. */
    private void bury(List<BatchKey> keys, int from) {
        int last = keys.size() - 1;
        int to = Math.min(from + AT_A_TIME, last);
        if (closed || last < 0) {
            return;
        }
        if (from == last) {
            scribe.remove(keys.get(last));
            return;
        }
        CompletableFuture.allOf(
                        keys.subList(from, to).stream().map(scribe::remove).toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> post.accept(() -> bury(keys, to)));
    }

    /** Holds back a message about a run that is being buried: it waits, unless it is of no use any more. */
    boolean holds(Message message, @Nullable Open open) {
        boolean holds = (open != null && open.run.deleted()) || leaving.contains(message.runId());
        if (holds && !message.moot()) {
            held.add(message.runId());
        }
        return holds;
    }

    /**
     * Nothing is left of a run, or only its last batch.
     *
     * @return whether inputs about it wait in the inbox
     */
    boolean buried(String runId) {
        leaving.remove(runId);
        memory.expiries(1).forEach(first -> alarms.set(ALARM, first.due()));
        return held.remove(runId);
    }

    /** Something may be due: {@code delete} is told which runs were kept long enough, and what time it is. */
    void expire(ObjLongConsumer<String> delete) {
        long now = time.now().toEpochMilli();
        List<Expiry> first = memory.expiries(AT_A_TIME);
        for (Expiry expiry : first) {
            if (expiry.due() > now) {
                break;
            }
            BatchKey mark = expiry.buried() ? memory.mark(expiry.runId()) : null;
            if (!expiry.buried()) {
                delete.accept(expiry.runId(), now);
            } else if (mark != null && leaving.add(expiry.runId())) {
                List<BatchKey> refusals = keys(expiry.runId());
                refusals.add(mark);
                bury(refusals, 0);
            }
        }
        if (!first.isEmpty()) {
            alarms.set(ALARM, Math.max(first.getFirst().due(), now + AGAIN.toMillis()));
        }
    }

    void close() {
        closed = true;
    }
}
