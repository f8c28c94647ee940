package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from its beginning, and passes on the decisions that count about some runs. Each partition by one
 * thread at a time.
 *
 * <p>Of runs that were deleted, the log may have lost all records, or the first ones: what is left of them does not
 * count. A reader that had come too far into such a run to see its end is told by the tombstones.
 */
public final class JournalReader implements TailReader<WorkflowEvent> {

    private final Predicate<String> wanted;
    private final Listener listener;
    private final Map<Integer, Share> shares = new ConcurrentHashMap<>();

    /** What is known of one partition; all but the rule belongs to the thread that reads it. */
    private static final class Share {
        final Reign reign = new Reign();
        final Map<String, Standing> runs = new HashMap<>();
        volatile Rule rule = new Rule(Reign.NONE, "");
    }

    /**
     * How far a run has been read.
     *
     * @param next the number of its next event
     * @param since the epoch of its first batch
     */
    public record Standing(long next, long since) {}

    /** Whose decisions count where a partition has been read to. */
    public record Rule(long epoch, String owner) {}

    /** Told of decisions, each run's in their order. */
    @FunctionalInterface
    public interface Listener {

        void decided(Journal.Batch batch, WorkflowEvent record, Position position);

        /** A run was deleted: nothing more counts of it, unless it begins anew. */
        default void deleted(String runId) {}

        /** A decision counts, and this process is too old to understand it. */
        default void unreadable(String runId, String why) {}
    }

    /** @param wanted whether a run is */
    public JournalReader(Predicate<String> wanted, Listener listener) {
        this.wanted = wanted;
        this.listener = listener;
    }

    /**
     * Whose decisions count in a partition, as far as it has been read; from any thread. Who stores that goes on from
     * an offset at which this reader was before: what is read twice then does not count twice.
     */
    public Rule rule(int partition) {
        return share(partition).rule;
    }

    /** Goes on where another reader stood, before the partition is read. */
    public void restore(int partition, Rule rule, Map<String, Standing> runs) {
        Share share = share(partition);
        share.reign.restore(rule.epoch(), rule.owner());
        share.rule = rule;
        share.runs.putAll(runs);
    }

    private Share share(int partition) {
        return shares.computeIfAbsent(partition, _ -> new Share());
    }

    @Override
    public void read(Breadcrumb<WorkflowEvent> breadcrumb, Position position, Lane lane) {
        WorkflowEvent event = breadcrumb.value();
        Share share = share(position.partition().number());
        if (event == null) {
            bury(share, BatchKey.parse(breadcrumb.key()));
            return;
        }
        String runId = event.getRunId();
        if (event.getKind() == WorkflowEventKind.TAKEOVER) {
            share.reign.takenOver(event, position.offset());
            share.rule = new Rule(share.reign.epoch(), share.reign.owner());
        } else if (event.getKind() == WorkflowEventKind.BATCH && runId != null && wanted.test(runId)) {
            batch(share, event, runId, position);
        }
    }

    private void batch(Share share, WorkflowEvent event, String runId, Position position) {
        Standing before = share.runs.get(runId);
        if (before != null && share.reign.beginsAnew(event, before.next())) {
            share.runs.remove(runId);
            listener.deleted(runId);
            before = null;
        }
        long next = before == null ? 0 : before.next();
        if (share.reign.accepts(event, next)) {
            long since = before == null ? event.getEpoch() : before.since();
            share.runs.put(runId, new Standing(next + event.getEvents().size(), since));
            pass(event, runId, position);
        } else if (before != null || !share.reign.isOfOwner(event)) {
            return;
        }
        if (Journal.deletes(event)) {
            share.runs.remove(runId);
            listener.deleted(runId);
        }
    }

    /** A batch is gone: if the run that is known here has it, then the rest of that goes too. */
    private void bury(Share share, @Nullable BatchKey key) {
        Standing known = key == null ? null : share.runs.get(key.runId());
        if (key != null && known != null && known.since() <= key.epoch() && key.sequence() < known.next()) {
            share.runs.remove(key.runId());
            listener.deleted(key.runId());
        }
    }

    private void pass(WorkflowEvent event, String runId, Position position) {
        try {
            listener.decided(Journal.batch(event), event, position);
        } catch (UnreadableEventException e) {
            listener.unreadable(runId, String.valueOf(e.getMessage()));
        }
    }
}
