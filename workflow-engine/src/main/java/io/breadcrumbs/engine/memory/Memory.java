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
import io.breadcrumbs.sdk.journal.BatchKey;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Reign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one partition. What it is told of the log, it is told in the log's order, by one thread; any thread may
 * ask it.
 */
public final class Memory {

    /** How far the effects may be ahead of what the row says of them: the row is not written at each batch. */
    private static final long SENT_STEPS = 500;

    private final Rows rows;
    private final Graves graves;
    private final OpenCalls calls;
    private final Wire wire;
    private final Reign reign;
    private volatile ReignRow stored;
    private volatile long commands = -1;
    private @Nullable Listener listener;

    /** Told by the thread that reads the log; must not block it. */
    public interface Listener {

        /**
         * The next record of the journal has been taken in.
         *
         * @param head how its run stands now; null if the record does not count, or is a takeover
         */
        void journalled(WorkflowEvent event, long offset, @Nullable Head head);

        /**
         * The next record of the journal is a tombstone.
         *
         * @param buried the run of which nothing is left, or only the mark that it was deleted; null: of none
         */
        void removed(@Nullable String buried, long offset);

        /** An input has come, of which no decision is remembered; it is kept until there is one. */
        void arrived(Message message);

        /** A request has come that no run has made, to be answered by then. */
        void asked(long deadline);

        /** An answer that is for no run: where somebody looks for his own mark in the log. */
        void passed(ToolResponse answer);
    }

    public Memory(Rows rows, Wire wire) {
        this.rows = rows;
        graves = new Graves(rows);
        calls = new OpenCalls(rows);
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
            store(Math.max(stored.version(), event.getEventVersion()), stored.sent());
        } else if (event.getKind() == WorkflowEventKind.BATCH) {
            head = batch(event, bytes);
        }
        if (listener != null) {
            listener.journalled(event, offset, head);
        }
    }

    /** The next record of the journal is a tombstone. */
    public void removed(byte @Nullable [] key, long offset) {
        BatchKey batch = key == null ? null : BatchKey.parse(new String(key, StandardCharsets.UTF_8));
        boolean buried = batch != null && (graves.remove(batch) || removeHalf(batch));
        if (listener != null) {
            listener.removed(batch != null && buried ? batch.runId() : null, offset);
        }
    }

    /** The journal has lost the end of a run while it was read: what was read of it goes, too. */
    private boolean removeHalf(BatchKey key) {
        Head head = head(key.runId());
        boolean half = head != null
                && head.state() != Head.State.DELETED
                && key.sequence() < head.next()
                && batches(key.runId()).stream()
                        .anyMatch(one -> one.getEpoch() == key.epoch() && one.getSequence() == key.sequence());
        if (head != null && half) {
            graves.forget(key.runId(), head);
        }
        return half;
    }

    /** How the run of a batch stands after it; null if it does not count. */
    private @Nullable Head batch(WorkflowEvent event, byte[] bytes) {
        String runId = event.getRunId();
        String inputId = event.getInputId();
        if (runId == null || inputId == null) {
            return null;
        }
        Head known = head(runId);
        if (known != null && reign.beginsAnew(event, known.next())) {
            graves.forget(runId, known);
            known = null;
        }
        Head before = known == null ? Head.NONE : known;
        if (!reign.accepts(event, before.next())) {
            if (known == null && Journal.deletes(event) && reign.isOfOwner(event)) {
                graves.findBuried(event, runId);
            }
            return null;
        }
        Head after = new Head(before.next() + event.getEvents().size(), event.getDueMs(), state(before, event));
        if (after.state() == Head.State.DELETED) {
            graves.dig(event, runId, batches(runId));
            dropMoot(runId);
        } else {
            rows.put(Keys.of(after.state().key, runId), after.bytes());
        }
        rows.put(Keys.of(Keys.BATCH, runId, inputId), bytes);
        if (after.state() != before.state()) {
            rows.delete(Keys.of(before.state().key, runId));
        }
        graves.expect(runId, before, after);
        rows.delete(Keys.of(Keys.INBOX, runId, inputId));
        if (event.getSentOffset() > stored.sent() + SENT_STEPS) {
            store(stored.version(), event.getSentOffset());
        }
        return after;
    }

    /** What waits about a run that is deleted, and nobody waits for. */
    private void dropMoot(String runId) {
        List<byte[]> moot = new ArrayList<>();
        rows.scan(Keys.of(Keys.INBOX, runId), (key, bytes) -> {
            if (Objects.requireNonNull(message(InboxRow.read(bytes))).moot()) {
                moot.add(key);
            }
        });
        moot.forEach(rows::delete);
    }

    /** A run is over when it has ended, or never began, and has not been taken up again. */
    private static Head.State state(Head before, WorkflowEvent event) {
        if (Journal.deletes(event)) {
            return Head.State.DELETED;
        }
        boolean over = before.next() == 0 || before.over();
        for (RunEvent one : event.getEvents()) {
            RunEventType type = one.getType();
            if (type == RunEventType.STARTED || type == RunEventType.RETRIED) {
                over = false;
            } else if (type == RunEventType.ENDED) {
                over = true;
            }
        }
        return over ? Head.State.OVER : Head.State.OPEN;
    }

    private void store(int version, long sent) {
        stored = new ReignRow(reign.epoch(), reign.owner(), version, sent);
        rows.put(Keys.all(Keys.REIGN), stored.bytes());
    }

    /**
     * The next command; {@code trace} is what it came with.
     *
     * @return false if nobody can ever decide about it: its ids are none
     */
    public boolean command(WorkflowCommand command, long offset, byte[] bytes, @Nullable String trace) {
        Message message = Message.of(command, trace);
        if (message != null) {
            arrive(message, new InboxRow(InboxRow.kindOf(command), offset, bytes, trace));
        }
        commands = offset + 1;
        return message != null;
    }

    /** The next answer. */
    public void answer(ToolResponse answer, long offset, byte[] bytes, @Nullable String trace) {
        Message message = Message.of(answer, trace);
        if (message != null) {
            arrive(message, new InboxRow(InboxRow.ANSWER, offset, bytes, trace));
            return;
        }
        calls.answered(answer.getRequestId());
        if (listener != null) {
            listener.passed(answer);
        }
    }

    /** The next request that no run has made and that has a deadline. */
    public void asked(OpenCall call) {
        if (calls.asked(call) && listener != null) {
            listener.asked(call.deadline());
        }
    }

    private void arrive(Message message, InboxRow row) {
        if (decided(message.runId(), message.inputId()) || (message.moot() && late(message.runId()))) {
            return;
        }
        byte[] key = Keys.of(Keys.INBOX, message.runId(), message.inputId());
        if (message.contends() && rows.get(key) != null) {
            return; // of two that begin the same run the first counts
        }
        rows.put(key, row.bytes());
        if (listener != null) {
            listener.arrived(message);
        }
    }

    private boolean late(String runId) {
        return rows.get(Keys.of(Keys.OPEN, runId)) == null && graves.has(runId);
    }

    // ------------------------------------------------------------------ what is remembered

    /** Before this offset all commands have come; -1 until the first has. */
    public long commands() {
        return commands;
    }

    /** The offset up to which all effects of the journal are certainly acknowledged; -1: of none. */
    public long sent() {
        return stored.sent();
    }

    /** The highest version of events that an owner has written. */
    public int version() {
        return stored.version();
    }

    /** The requests that no run has made and nobody has answered, those first whose deadlines are the next. */
    public List<OpenCall> calls(int most) {
        return calls.next(most);
    }

    /** How a run stands; null if nobody knows it. */
    public @Nullable Head head(String runId) {
        for (Head.State state : Head.State.values()) {
            Head head = Head.readOrNull(rows.get(Keys.of(state.key, runId)), state);
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    /** Whether a run was deleted, and its start may still stand in the log. */
    public boolean deleted(String runId) {
        return graves.has(runId);
    }

    /** Shows the deleted runs whose batches are still there. */
    public void dying(Consumer<String> each) {
        rows.scan(Keys.all(Keys.DELETED), (key, _) -> each.accept(Keys.run(key)));
    }

    /** The batch that has deleted a run of which nothing else is left; null if there is none. */
    public @Nullable BatchKey mark(String runId) {
        Grave grave = graves.find(Keys.BURIED, runId);
        return grave == null ? null : grave.mark();
    }

    /** What is to be done first about runs that are over. */
    public List<Expiry> expiries(int most) {
        return graves.first(most);
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
        rows.scan(Keys.all(Keys.OPEN), (key, bytes) -> each.accept(Keys.run(key), Head.read(bytes, Head.State.OPEN)));
    }

    /** The runs that are not over, and whose ids begin so. */
    public List<String> open(String prefix) {
        List<String> runs = new ArrayList<>();
        rows.scan(Keys.beginning(Keys.OPEN, prefix), (key, _) -> runs.add(Keys.run(key)));
        return runs;
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
