package io.breadcrumbs.engine.memory;

import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.journal.Reign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one partition. What it is told of the log, it is told in the log's order, by one thread; any thread may
 * ask it.
 */
public final class Memory {

    /** How far the effects may be ahead of what the row says of them: the row is not written at each batch. */
    private static final long SENT_STEPS = 500;

    private final Rows rows;
    private final Wire wire;
    private final Reign reign;
    private volatile ReignRow stored;
    private @Nullable Listener listener;

    /** Told by the thread that reads the log; must not block it. */
    public interface Listener {

        /**
         * The next record of the journal has been taken in.
         *
         * @param head how its run stands now; null if the record does not count, or is a takeover
         */
        void journalled(WorkflowEvent event, long offset, @Nullable Head head);

        /** An input has come, of which no decision is remembered; it is kept until there is one. */
        void arrived(Message message);

        /** An answer that is for no run: where somebody looks for his own mark in the log. */
        void passed(ToolResponse answer);
    }

    public Memory(Rows rows, Wire wire) {
        this.rows = rows;
        this.wire = wire;
        byte[] row = rows.get(Keys.all(Keys.REIGN));
        stored = row == null ? ReignRow.NONE : ReignRow.read(row);
        reign = new Reign();
        if (stored.epoch() != Reign.NONE) {
            reign.restore(stored.epoch(), stored.owner());
        }
    }

    /** From now on this one is told. */
    public void tell(Listener other) {
        listener = other;
    }

    // ------------------------------------------------------------------ the log

    /** The next record of the journal. */
    public void journal(WorkflowEvent event, long offset, byte[] bytes) {
        Head head = null;
        if (event.getKind() == WorkflowEventKind.TAKEOVER) {
            reign.takenOver(event, offset);
            store(event.getEventVersion(), stored.sent());
        } else if (event.getKind() == WorkflowEventKind.BATCH) {
            head = batch(event, bytes);
        }
        if (listener != null) {
            listener.journalled(event, offset, head);
        }
    }

    /** How the run of a batch stands after it; null if it does not count. */
    private @Nullable Head batch(WorkflowEvent event, byte[] bytes) {
        String runId = event.getRunId();
        String inputId = event.getInputId();
        if (runId == null || inputId == null) {
            return null;
        }
        Head known = head(runId);
        Head before = known == null ? Head.NONE : known;
        if (!reign.accepts(event, before.next())) {
            return null;
        }
        Head after = new Head(before.next() + event.getEvents().size(), event.getDueMs(), over(before, event));
        rows.put(Keys.of(Keys.BATCH, runId, inputId), bytes);
        rows.put(Keys.of(after.over() ? Keys.OVER : Keys.OPEN, runId), after.bytes());
        if (after.over() != before.over()) {
            rows.delete(Keys.of(after.over() ? Keys.OPEN : Keys.OVER, runId));
        }
        rows.delete(Keys.of(Keys.INBOX, runId, inputId));
        if (event.getSentOffset() > stored.sent() + SENT_STEPS) {
            store(stored.version(), event.getSentOffset());
        }
        return after;
    }

    /** A run is over when it has ended, or never began, and has not been taken up again. */
    private static boolean over(Head before, WorkflowEvent event) {
        boolean over = before.next() == 0 || before.over();
        for (RunEvent one : event.getEvents()) {
            RunEventType type = one.getType();
            if (type == RunEventType.STARTED || type == RunEventType.RETRIED) {
                over = false;
            } else if (type == RunEventType.ENDED) {
                over = true;
            }
        }
        return over;
    }

    private void store(int version, long sent) {
        stored = new ReignRow(reign.epoch(), reign.owner(), version, sent);
        rows.put(Keys.all(Keys.REIGN), stored.bytes());
    }

    /** The next command; {@code trace} is what it came with. */
    public void command(WorkflowCommand command, long offset, byte[] bytes, @Nullable String trace) {
        Message message = Message.of(command, trace);
        if (message != null) {
            arrive(message, new InboxRow(InboxRow.kindOf(command), offset, bytes, trace));
        }
    }

    /** The next answer. */
    public void answer(ToolResponse answer, long offset, byte[] bytes, @Nullable String trace) {
        Message message = Message.of(answer, trace);
        if (message != null) {
            arrive(message, new InboxRow(InboxRow.ANSWER, offset, bytes, trace));
        } else if (listener != null) {
            listener.passed(answer);
        }
    }

    private void arrive(Message message, InboxRow row) {
        if (decided(message.runId(), message.inputId())) {
            return;
        }
        rows.put(Keys.of(Keys.INBOX, message.runId(), message.inputId()), row.bytes());
        if (listener != null) {
            listener.arrived(message);
        }
    }

    // ------------------------------------------------------------------ what is remembered

    /** The offset up to which all effects of the journal are certainly acknowledged; -1: of none. */
    public long sent() {
        return stored.sent();
    }

    /** The version of the events that the owner writes. */
    public int version() {
        return stored.version();
    }

    /** How a run stands; null if nobody knows it. */
    public @Nullable Head head(String runId) {
        Head open = Head.readOrNull(rows.get(Keys.of(Keys.OPEN, runId)), false);
        return open == null ? Head.readOrNull(rows.get(Keys.of(Keys.OVER, runId)), true) : open;
    }

    public boolean decided(String runId, String inputId) {
        return rows.get(Keys.of(Keys.BATCH, runId, inputId)) != null;
    }

    /** The batch that decided an input; null if none did. */
    public @Nullable WorkflowEvent batch(String runId, String inputId) {
        byte[] bytes = rows.get(Keys.of(Keys.BATCH, runId, inputId));
        return bytes == null ? null : decode(bytes);
    }

    /** All batches of a run, in their order. */
    public List<WorkflowEvent> batches(String runId) {
        List<WorkflowEvent> batches = new ArrayList<>();
        rows.scan(Keys.of(Keys.BATCH, runId), (_, bytes) -> batches.add(decode(bytes)));
        batches.sort(Comparator.comparingLong(WorkflowEvent::getSequence));
        return batches;
    }

    /** Shows all runs that are not over. */
    public void open(BiConsumer<String, Head> each) {
        rows.scan(Keys.all(Keys.OPEN), (key, bytes) -> each.accept(Keys.run(key), Head.read(bytes, false)));
    }

    /** The inputs that no decision names: starts, then other commands, then answers, each in the log's order. */
    public List<Message> inbox() {
        List<InboxRow> waiting = new ArrayList<>();
        rows.scan(Keys.all(Keys.INBOX), (_, bytes) -> waiting.add(InboxRow.read(bytes)));
        waiting.sort(Comparator.comparingInt(InboxRow::kind).thenComparingLong(InboxRow::offset));
        List<Message> messages = new ArrayList<>(waiting.size());
        for (InboxRow row : waiting) {
            messages.add(Objects.requireNonNull(message(row)));
        }
        return messages;
    }

    private @Nullable Message message(InboxRow row) {
        wire.learn(row.body());
        try {
            return row.kind() == InboxRow.ANSWER
                    ? Message.of(wire.decode(Catalogue.TOOL_RESPONSE, row.body()), row.trace())
                    : Message.of(wire.decode(Catalogue.WORKFLOW_COMMAND, row.body()), row.trace());
        } catch (UndecodableException e) {
            throw new IllegalStateException("a row that was decoded before cannot be decoded", e);
        }
    }

    private WorkflowEvent decode(byte[] bytes) {
        wire.learn(bytes);
        try {
            return wire.decode(Catalogue.WORKFLOW_EVENT, bytes);
        } catch (UndecodableException e) {
            throw new IllegalStateException("a row that was decoded before cannot be decoded", e);
        }
    }
}
