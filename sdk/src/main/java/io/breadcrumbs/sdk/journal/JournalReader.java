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

/**
 * Reads the journal from its beginning, and passes on the decisions that count about some runs. Each partition by one
 * thread at a time.
 */
public final class JournalReader implements TailReader<WorkflowEvent> {

    private final Predicate<String> wanted;
    private final Listener listener;
    private final Map<Integer, Share> shares = new ConcurrentHashMap<>();

    /** What is known of one partition. */
    private static final class Share {
        final Reign reign = new Reign();
        final Map<String, Long> next = new HashMap<>();
    }

    /** Told of decisions, each run's in their order. */
    @FunctionalInterface
    public interface Listener {

        void decided(Journal.Batch batch, WorkflowEvent record, Position position);

        /** A decision counts, and this process is too old to understand it. */
        default void unreadable(String runId, String why) {}
    }

    /** @param wanted whether a run is */
    public JournalReader(Predicate<String> wanted, Listener listener) {
        this.wanted = wanted;
        this.listener = listener;
    }

    @Override
    public void read(Breadcrumb<WorkflowEvent> breadcrumb, Position position, Lane lane) {
        WorkflowEvent event = breadcrumb.value();
        if (event == null) {
            return;
        }
        Share share = shares.computeIfAbsent(position.partition().number(), _ -> new Share());
        String runId = event.getRunId();
        if (event.getKind() == WorkflowEventKind.TAKEOVER) {
            share.reign.takenOver(event, position.offset());
        } else if (event.getKind() == WorkflowEventKind.BATCH && runId != null && wanted.test(runId)) {
            long next = share.next.getOrDefault(runId, 0L);
            if (share.reign.accepts(event, next)) {
                share.next.put(runId, next + event.getEvents().size());
                pass(event, runId, position);
            }
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
