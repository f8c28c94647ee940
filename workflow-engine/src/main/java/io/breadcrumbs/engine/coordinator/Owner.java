package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.engine.mailbox.Alarms;
import io.breadcrumbs.engine.memory.Head;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.engine.schedule.Overlaps;
import io.breadcrumbs.engine.schedule.Ticker;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.workflow.decide.Decider;
import io.breadcrumbs.sdk.workflow.decide.Decision;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about the runs of a partition in one epoch. One thread at a time. */
final class Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    private final long epoch;
    private final Memory memory;
    private final Surroundings around;
    private final Calls calls;
    private final Runs runs;
    private final Alarms alarms;
    private final Scribe scribe;
    private final Burials burials;
    private final Overlaps overlaps;
    private final Ticker ticker;
    /** Runs of which something cannot be read: they wait for an engine that can. */
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();

    private boolean inboxHasMore;
    private boolean closed;

    /**
     * How it reaches its coordinator.
     *
     * @param post does something on its thread, after what waits there
     * @param acknowledged told, by any thread, where a decision stands in the journal
     * @param giveUp what it knows is worth nothing, and why
     */
    record Calls(
            Consumer<Runnable> post, ObjLongConsumer<@Nullable WorkflowEvent> acknowledged, Consumer<String> giveUp) {}

    Owner(int partition, long epoch, Memory memory, Surroundings around, Calls calls) {
        this.epoch = epoch;
        this.memory = memory;
        this.around = around;
        this.calls = calls;
        runs = new Runs(memory, around.plans(), around.keeping().atHand());
        alarms = new Alarms(around.time(), () -> calls.post().accept(this::ring));
        Outbox outbox = new Outbox(around.bus(), around.time(), memory.sent(), this::impossible);
        scribe = new Scribe(
                partition,
                epoch,
                around,
                outbox,
                new Scribe.Told(calls.acknowledged(), why -> calls.post().accept(() -> lost(why))));
        Durably by = new Durably(around.bus(), around.time());
        overlaps = new Overlaps(by, runs::going);
        ticker = new Ticker(partition, memory, by, around.schedules(), calls.post());
        burials = new Burials(memory, scribe, alarms, around.time(), calls.post());
    }

    // ------------------------------------------------------------------ the beginning

    /** Takes up what the one before has left: timers, inputs, and effects that may not have been sent. */
    void begin(List<Takeover.Unsent> unsent) {
        memory.open((runId, head) -> {
            if (head.due() != 0) {
                alarms.set(runId, head.due());
            }
        });
        List<Outbox.Parcel> parcels = scribe.owe(unsent);
        takeInbox();
        for (int i = 0; i < unsent.size(); i++) {
            sendAgain(unsent.get(i).batch(), parcels.get(i));
        }
        scribe.complete(parcels);
        burials.begin(epoch);
        ticker.look();
    }

    /** The messages of a batch that counts, but for requests whose answers are there. */
    private void sendAgain(WorkflowEvent record, Outbox.Parcel parcel) {
        String runId = record.getRunId();
        String inputId = record.getInputId();
        WorkflowEvent counts = runId == null || inputId == null ? null : memory.batch(runId, inputId);
        if (counts == null || counts.getEpoch() != record.getEpoch() || counts.getSequence() != record.getSequence()) {
            return;
        }
        try {
            Open open = runs.find(counts.getRunId());
            if (open != null) {
                scribe.owe(parcel, open, Journal.batch(counts));
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(runId, e);
        }
    }

    // ------------------------------------------------------------------ inputs

    /**
     * Decides about a message. On the eager lane only what can be decided positively is: the rest is left to its copy
     * in the log.
     */
    void take(Message message, boolean eager) {
        if (closed || quarantined.contains(message.runId())) {
            return;
        }
        String runId = message.runId();
        try {
            Open open = runs.find(runId);
            if (open != null && open.decided(message.inputId())) {
                return;
            }
            if (burials.holds(message, open) || (open == null && Inputs.heldUp(message, eager, overlaps))) {
                return;
            }
            boolean late = (open == null || !open.run.exists()) && memory.deleted(runId);
            if (late && (eager || message.moot())) {
                return;
            }
            if (late && message.begins()) {
                throw Inputs.never("DELETED", Burials.REASON);
            }
            Input input = Inputs.of(
                    message, open, around.workflows(), around.time().now().toEpochMilli());
            if (eager && !Inputs.positive(open, input)) {
                return;
            }
            boolean awaited = input instanceof Input.Answer answer
                    && open != null
                    && open.run.awaited(answer.requestId()) != null;
            if (!awaited && memory.decided(runId, message.inputId())) {
                return;
            }
            Open one = open == null ? runs.begin(runId, Inputs.workspace(message)) : open;
            decide(one, message.inputId(), input, message.trace());
        } catch (Inputs.BadMessageException e) {
            if (!eager) {
                refuse(message, e);
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(runId, e);
        }
    }

    /** A message that makes no sense is decided all the same: it is rejected. */
    private void refuse(Message message, Inputs.BadMessageException why) {
        try {
            Open open = runs.find(message.runId());
            Open one = open == null ? runs.begin(message.runId(), Inputs.workspace(message)) : open;
            if (!one.decided(message.inputId()) && !memory.decided(message.runId(), message.inputId())) {
                List<Event> events = Inputs.refusal(message, one.run, why);
                long now = now(one);
                events.forEach(event -> one.run.apply(event, now));
                journal(one, message.inputId(), new Decision(events, false), now, message.trace());
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(message.runId(), e);
        }
    }

    /** A run that this process cannot go on with must not hold up the others. */
    private void quarantine(String runId, Exception why) {
        quarantined.add(runId);
        LOG.error("run {} stands still: this process cannot go on with it", runId, why);
    }

    private long now(Open open) {
        return Math.max(open.run.at(), around.time().now().toEpochMilli());
    }

    private void decide(Open open, String inputId, Input input, @Nullable String trace) {
        long now = now(open);
        Decision decision;
        try {
            decision = Decider.decide(open.run, input, new Facts(now, epoch, around.tools()));
        } catch (RuntimeException e) {
            LOG.error("run {}: no decision about {}", open.run.id(), inputId, e);
            String why = "the engine failed to decide about " + inputId + "; its log says why";
            broken(open, inputId, input, RunError.fault(why), trace);
            return;
        }
        if (!decision.events().isEmpty() && !journal(open, inputId, decision, now, trace)) {
            String why = "what was decided about " + inputId + " is larger than a record of the journal";
            broken(open, inputId, input, RunError.invalid("TOO_LARGE", why), trace);
            return;
        }
        if (decision.more()) {
            String runId = open.run.id();
            calls.post().accept(() -> goOn(runId, trace));
        }
    }

    private void goOn(String runId, @Nullable String trace) {
        try {
            Open open = closed ? null : runs.find(runId);
            if (open != null) {
                decide(open, "continue/" + open.run.sequence(), new Input.Continue(), trace);
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(runId, e);
        }
    }

    /** An input about which nothing can be decided: the run is made again as it was before, and fails. */
    private void broken(Open open, String inputId, Input input, RunError why, @Nullable String trace) {
        try {
            Input command = inputId.startsWith("command/") ? input : null;
            Open again = runs.again(open);
            Facts facts = new Facts(now(again), epoch, around.tools());
            for (Input.Fail fail : Inputs.failures(input, command, again.run, why)) {
                Decision failure = Inputs.decided(again.run, fail, facts);
                if (failure != null && journal(again, inputId, failure, facts.now(), trace)) {
                    return;
                }
                again = runs.again(again);
            }
            journal(again, inputId, Inputs.broken(command, again.run, why, facts.now()), facts.now(), trace);
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(open.run.id(), e);
        }
    }

    // ------------------------------------------------------------------ decisions

    /** False if it is larger than a record of the journal: then nothing was decided. */
    private boolean journal(Open open, String inputId, Decision decision, long now, @Nullable String trace) {
        alarm(open, decision);
        Journal.Batch batch = scribe.write(open, inputId, decision.events(), now, trace);
        if (batch != null) {
            open.journalled(batch);
            runs.keep(open);
        }
        return batch != null;
    }

    /** A decision may not be in the journal. */
    private void lost(String why) {
        if (!closed) {
            calls.giveUp().accept(why);
        }
    }

    /** A batch of this epoch was read in the journal; false if one before it is missing there. */
    boolean read(WorkflowEvent record, long offset) {
        return scribe.read(record, offset);
    }

    /** A request can never be published: it is answered with the reason. */
    private void impossible(Effects.Awaiting who, BusException why) {
        calls.post().accept(() -> {
            try {
                Open open = closed ? null : runs.find(who.runId());
                if (open != null && open.run.awaited(who.requestId()) != null) {
                    RunError error = RunError.invalid("NOT_SENT", String.valueOf(why.getMessage()));
                    decide(open, Message.answer(who.requestId()), new Input.Answer(who.requestId(), null, error), null);
                }
            } catch (UnreadableEventException e) {
                quarantine(who.runId(), e);
            }
        });
    }

    /** The memory has a run up to the batch that stands there. */
    void remembered(String runId, Head head, long offset) {
        runs.remembered(runId, head);
        burials.remembered(runId, head, offset);
        inboxHasMore |= head.over() && overlaps.frees(runId);
    }

    /** Nothing is left of a run, or only the mark that it was deleted. */
    void buried(String runId) {
        runs.forget(runId);
        if (burials.buried(runId)) {
            inboxHasMore = true;
            takeLeft();
        }
    }

    /** A run has been kept long enough. */
    private void expired(String runId, long now) {
        try {
            Open open = quarantined.contains(runId) ? null : runs.find(runId);
            if (open != null && Due.keptLongEnough(open, now) && !open.run.deleted()) {
                decide(open, "timer/retention", new Input.Delete(null), null);
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(runId, e);
        }
    }

    /** Takes what was left in the inbox, if that can be decided by now. */
    void takeLeft() {
        if (inboxHasMore) {
            takeInbox();
        }
    }

    /** Takes all that is in the inbox, in the order in which it came. */
    void takeInbox() {
        inboxHasMore = false;
        memory.inbox().forEach(message -> take(message, false));
    }

    private void alarm(Open open, Decision decision) {
        Run run = open.run;
        boolean goesWithItsMark = !run.exists() && memory.deleted(run.id());
        open.due = goesWithItsMark ? 0 : Due.after(run, open.due, decision, around.keeping());
        if (run.exists() && !run.status().over() && open.due != 0) {
            alarms.set(run.id(), open.due);
        } else {
            alarms.clear(run.id());
        }
    }

    private void ring() {
        if (!closed) {
            alarms.due().forEach(runId -> {
                if (runId.equals(Burials.ALARM)) {
                    burials.expire(this::expired);
                } else {
                    look(runId);
                }
            });
        }
    }

    /** A timer of the run may be due, or something may be left to be decided. */
    private void look(String runId) {
        try {
            Open open = quarantined.contains(runId) ? null : runs.find(runId);
            if (open == null) {
                return;
            }
            long now = around.time().now().toEpochMilli();
            List<Timer> due = new ArrayList<>(open.run.timers());
            due.removeIf(timer -> timer.at() > now);
            due.sort(Comparator.comparingLong(Timer::at));
            for (Timer timer : due) {
                decide(open, Due.id(timer), new Input.Fire(timer), null);
            }
            goOn(runId, null);
            Open then = runs.find(runId);
            if (then != null && !then.run.status().over()) {
                then.due = Due.earliest(then.run);
                if (then.due != 0) {
                    alarms.set(runId, then.due);
                }
            }
        } catch (UnreadableEventException | RuntimeException e) {
            quarantine(runId, e);
        }
    }

    /** How many runs stand still. Any thread. */
    int standing() {
        return quarantined.size();
    }

    /** How many decisions have effects that are not acknowledged, or are not read back. Any thread. */
    int owed() {
        return scribe.owed();
    }

    void close() {
        closed = true;
        alarms.close();
        burials.close();
        ticker.close();
        scribe.close();
    }
}
