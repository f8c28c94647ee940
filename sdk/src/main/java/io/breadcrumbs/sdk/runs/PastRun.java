package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A run as its journal had it when it was read.
 *
 * @param started null if the journal has no such run
 * @param rejected the last command that made no sense; of a run that has not started, its start
 * @param unreadable why this process cannot understand its journal; null if it can
 */
record PastRun(
        Run run,
        String workspace,
        Event.@Nullable Started started,
        Event.@Nullable Rejected rejected,
        @Nullable String unreadable) {

    /**
     * Reads all that stands in the journal of a run now.
     *
     * @param aside where it is folded: a tail's own thread must neither do that nor close the tail
     */
    static CompletableFuture<PastRun> read(Bus bus, String runId, Executor aside) {
        Read read = new Read();
        int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, runId); // a journal is where its commands are
        TailFrom<WorkflowEvent> from = partition < 0
                ? TailFrom.beginning(Catalogue.WORKFLOW_EVENT)
                : new TailFrom<>(Catalogue.WORKFLOW_EVENT, Map.of(partition, TailFrom.BEGINNING));
        Tail tail = bus.tail(from, new JournalReader(runId::equals, read));
        return tail.caughtUp()
                .handleAsync(
                        (_, failure) -> {
                            tail.close();
                            if (failure != null) {
                                throw new IllegalStateException("the journal cannot be read", failure);
                            }
                            return fold(runId, List.copyOf(read.batches), read.unreadable);
                        },
                        aside);
    }

    private static PastRun fold(String runId, List<Journal.Batch> batches, @Nullable String unreadable) {
        Run run = new Run(runId, new Plans(new CelConditions()));
        String workspace = Metas.DEFAULT_WORKSPACE;
        Event.Started started = null;
        Event.Rejected rejected = null;
        for (Journal.Batch batch : batches) {
            workspace = batch.workspace();
            for (Entry entry : batch.entries()) {
                started = entry.event() instanceof Event.Started start ? start : started;
                rejected = entry.event() instanceof Event.Rejected no ? no : rejected;
                run.apply(entry.event(), entry.atMs());
            }
        }
        return new PastRun(run, workspace, started, rejected, unreadable);
    }

    /** What comes by while the run is read, and may go on coming. */
    private static final class Read implements JournalReader.Listener {

        private final Queue<Journal.Batch> batches = new ConcurrentLinkedQueue<>();
        private volatile @Nullable String unreadable;

        @Override
        public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
            if (unreadable == null) {
                batches.add(batch);
            }
        }

        @Override
        public void deleted(String runId) {
            batches.clear();
            unreadable = null;
        }

        @Override
        public void unreadable(String runId, String why) {
            unreadable = why;
        }
    }
}
