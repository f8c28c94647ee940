package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the view keeps of a run: how it stands in a line, and where in the journal its decisions are. Any thread. */
public final class RunLine {

    /** The newest run first. */
    static final Comparator<Order> NEWEST_FIRST =
            Comparator.comparingLong(Order::at).reversed().thenComparing(Order::runId);

    private final String runId;
    private final int partition;
    private String workspace;
    private Summary summary;
    private Event.@Nullable Rejected rejected;
    private @Nullable String parent;
    /** The offset of the first start under its id that was read; -1: none was. */
    private long start = -1;
    /** The epoch of its first decision. */
    private long since;
    /** Where each decision stands. */
    private long[] offsets = new long[2];
    /** The number of each decision's first event. */
    private int[] sequences = new int[2];

    private int decisions;
    private int events;
    private List<Runnable> watchers = List.of();
    private boolean dead;
    /** Among whose open runs it is counted. */
    private OpenRuns.@Nullable Starter counted;

    /** A run's place in a list. */
    public record Order(long at, String runId) {}

    /** A decision of which the line knows where it is. */
    record Place(Position position, long sequence) {}

    private RunLine(String runId, int partition, String workspace, Summary summary) {
        this.runId = runId;
        this.partition = partition;
        this.workspace = workspace;
        this.summary = summary;
    }

    /** A run whose start is durable, and not decided. */
    static RunLine accepted(WorkflowCommand start, int partition) {
        return new RunLine(
                start.getRunId(),
                partition,
                start.getMeta().getWorkspace(),
                new Summary(
                        start.getRunId(),
                        start.getName(),
                        Summary.ACCEPTED,
                        start.getRequestedBy(),
                        start.getMeta().getCreatedAtMs(),
                        0,
                        start.getDepth()));
    }

    /** A run of which the journal is all that is known. */
    static RunLine of(Journal.Batch batch, int partition) {
        return new RunLine(
                batch.runId(),
                partition,
                batch.workspace(),
                new Summary(
                        batch.runId(),
                        null,
                        Summary.REJECTED,
                        null,
                        batch.entries().getFirst().atMs(),
                        0,
                        0));
    }

    /** The log has a start under its id there; the first one counts. */
    synchronized void startsAt(long offset) {
        start = start < 0 ? offset : start;
    }

    /** Where the first start under its id stands; null: not known. */
    public synchronized @Nullable Position start() {
        return start < 0 ? null : new Position(new Partition(Catalogue.WORKFLOW_COMMAND.name(), partition), start);
    }

    /** Takes the next decision. */
    synchronized void take(Journal.Batch batch, long offset) {
        if (decisions == offsets.length) {
            offsets = Arrays.copyOf(offsets, decisions * 2);
            sequences = Arrays.copyOf(sequences, decisions * 2);
        }
        since = decisions == 0 ? batch.epoch() : since;
        offsets[decisions] = offset;
        sequences[decisions] = events;
        decisions++;
        events += batch.entries().size();
        workspace = batch.workspace();
        for (Entry entry : batch.entries()) {
            switch (entry.event()) {
                case Event.Started started -> {
                    Event.Parent above = started.origin().parent();
                    parent = above == null ? null : above.runId();
                }
                case Event.Rejected no -> rejected = no;
                default -> {}
            }
        }
        Summary now = Summary.next(begun() ? summary : null, batch);
        if (now != null) {
            summary = now;
        } else if (rejected != null) {
            summary = new Summary(
                    runId,
                    summary.name(),
                    Summary.REJECTED,
                    summary.by(),
                    summary.startedAt(),
                    batch.entries().getLast().atMs(),
                    summary.depth());
        }
    }

    /** Counts it among the open runs of who started it, or no more; those that a run started are nobody's. */
    synchronized void count(OpenRuns open) {
        boolean counts = !over() && summary.depth() == 0 && parent == null;
        String by = summary.by();
        OpenRuns.Starter now = counts ? new OpenRuns.Starter(workspace, by == null ? "" : by) : null;
        if (!Objects.equals(now, counted)) {
            open.change(counted, now);
            counted = now;
        }
    }

    /** Nothing more can be read of it. */
    synchronized void die() {
        dead = true;
    }

    /** Whether it was deleted, or this process cannot read on. */
    public synchronized boolean dead() {
        return dead;
    }

    private boolean begun() {
        return !summary.status().equals(Summary.ACCEPTED) && !summary.status().equals(Summary.REJECTED);
    }

    /** Whether its start was rejected, and it has not begun since. */
    public synchronized boolean isRejected() {
        return summary.status().equals(Summary.REJECTED);
    }

    public String runId() {
        return runId;
    }

    int partition() {
        return partition;
    }

    public synchronized String workspace() {
        return workspace;
    }

    public synchronized Summary summary() {
        return summary;
    }

    /** The run whose step it is; null if it is none's. */
    public synchronized @Nullable String parent() {
        return parent;
    }

    /** The last command that made no sense. */
    public synchronized Event.@Nullable Rejected rejected() {
        return rejected;
    }

    /** How many events it has. */
    public synchronized long events() {
        return events;
    }

    /** Its place in lists. */
    public synchronized Order order() {
        return new Order(summary.startedAt(), runId);
    }

    /** Whether nothing more happens to it unless somebody asks. */
    public synchronized boolean over() {
        return summary.endedAt() != 0 || dead;
    }

    /** Where the decisions from that event on stand, at most so many. */
    synchronized List<Place> places(long event, int atMost) {
        int first = Arrays.binarySearch(sequences, 0, decisions, (int) Math.min(event, Integer.MAX_VALUE));
        first = first >= 0 ? first : Math.max(0, -first - 2);
        List<Place> places = new ArrayList<>();
        if (event < events) {
            Partition journal = new Partition(Catalogue.WORKFLOW_EVENT.name(), partition);
            for (int i = first; i < decisions && places.size() < atMost; i++) {
                places.add(new Place(new Position(journal, offsets[i]), sequences[i]));
            }
        }
        return places;
    }

    // ------------------------------------------------------------------ kept beside the log

    synchronized void write(DataOutput out) throws IOException {
        SavedView.text(runId, out);
        out.writeInt(partition);
        SavedView.text(workspace, out);
        SavedView.optional(summary.name(), out);
        SavedView.text(summary.status(), out);
        SavedView.optional(summary.by(), out);
        out.writeLong(summary.startedAt());
        out.writeLong(summary.endedAt());
        out.writeInt(summary.depth());
        SavedView.optional(rejected == null ? null : rejected.code(), out);
        SavedView.optional(rejected == null ? null : rejected.message(), out);
        SavedView.optional(parent, out);
        out.writeLong(start);
        out.writeLong(since);
        out.writeInt(events);
        out.writeInt(decisions);
        for (int i = 0; i < decisions; i++) {
            out.writeLong(offsets[i]);
            out.writeInt(sequences[i]);
        }
    }

    static RunLine read(DataInput in) throws IOException {
        String runId = SavedView.text(in);
        int partition = in.readInt();
        String workspace = SavedView.text(in);
        Summary summary = new Summary(
                runId,
                SavedView.optional(in),
                SavedView.text(in),
                SavedView.optional(in),
                in.readLong(),
                in.readLong(),
                in.readInt());
        RunLine line = new RunLine(runId, partition, workspace, summary);
        String code = SavedView.optional(in);
        String message = SavedView.optional(in);
        line.rejected = code == null || message == null ? null : new Event.Rejected(code, message);
        line.parent = SavedView.optional(in);
        line.start = in.readLong();
        line.since = in.readLong();
        line.events = in.readInt();
        line.decisions = in.readInt();
        line.offsets = new long[Math.max(2, line.decisions)];
        line.sequences = new int[Math.max(2, line.decisions)];
        for (int i = 0; i < line.decisions; i++) {
            line.offsets[i] = in.readLong();
            line.sequences[i] = in.readInt();
        }
        return line;
    }

    /** How far it has been read; null if nothing was decided about it. */
    synchronized JournalReader.@Nullable Standing standing() {
        return decisions == 0 ? null : new JournalReader.Standing(events, since);
    }

    // ------------------------------------------------------------------ who watches it

    /**
     * From now on this is called after each decision, by a thread that it must not block.
     *
     * @return ends that
     */
    public synchronized Runnable watch(Runnable watcher) {
        List<Runnable> more = new ArrayList<>(watchers);
        more.add(watcher);
        watchers = List.copyOf(more);
        return () -> unwatch(watcher);
    }

    private synchronized void unwatch(Runnable watcher) {
        List<Runnable> fewer = new ArrayList<>(watchers);
        fewer.remove(watcher);
        watchers = List.copyOf(fewer);
    }

    synchronized List<Runnable> watchers() {
        return watchers;
    }
}
