package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: the fold of its events, in their order. What depends on how many steps a run has is done once, at
 * its start; each further event costs what it changes. One thread at a time.
 */
public final class Run {

    /** So many signals are kept that nobody waits for yet. */
    public static final int MOST_SIGNALS = 100;

    private final String id;
    private final Function<String, Plan> plans;
    private @Nullable Plan plan;
    private @Nullable Steps steps;
    private RunStatus status = RunStatus.RUNNING;
    private long sequence;
    private long at;
    private long startedAt;
    private long endedAt;
    private @Nullable Long deadline;
    private @Nullable Long bound;
    private Event.Origin origin = new Event.Origin(null, null, null, 0);
    private Value input = Value.of("{}");
    private @Nullable Value output;
    private @Nullable RunError error;
    private Event.@Nullable Stopping stopping;
    private final Deque<Event.Signalled> signals = new ArrayDeque<>();
    /** Completed steps that can be undone, the last on top. */
    private final Deque<String> undoable = new ArrayDeque<>();

    private @Nullable String undoing;
    private boolean undone;
    private boolean deleted;

    /**
     * A run that does not exist yet.
     *
     * @param plans the plan of a definition's text, an {@link IllegalArgumentException} if it has faults; asked again
     *     and again for the same texts
     */
    public Run(String id, Function<String, Plan> plans) {
        this.id = id;
        this.plans = plans;
    }

    // ------------------------------------------------------------------ what is known of it

    public String id() {
        return id;
    }

    /** How many events it has: the number that the next one gets. */
    public long sequence() {
        return sequence;
    }

    /** The time of its last event, in milliseconds since 1970. */
    public long at() {
        return at;
    }

    public boolean exists() {
        return plan != null;
    }

    /** The plan of this definition; an {@link IllegalArgumentException} names its faults. */
    public Plan plan(String source) {
        return plans.apply(source);
    }

    public Plan plan() {
        return Objects.requireNonNull(plan, "the run does not exist");
    }

    public RunStatus status() {
        return status;
    }

    public Event.Origin origin() {
        return origin;
    }

    public Value input() {
        return input;
    }

    public @Nullable Value output() {
        return output;
    }

    public @Nullable RunError error() {
        return error;
    }

    public long startedAt() {
        return startedAt;
    }

    /** 0 before it is over. */
    public long endedAt() {
        return endedAt;
    }

    public @Nullable Long deadline() {
        return deadline;
    }

    /** How long it may take from its start, or from a retry, in milliseconds. */
    public @Nullable Long bound() {
        return bound;
    }

    public StepState step(String step) {
        return steps().of(plan().number(step));
    }

    private Steps steps() {
        return Objects.requireNonNull(steps, "the run does not exist");
    }

    /** How a step or an element stands. */
    public Task task(Place place) {
        return steps().of(place);
    }

    /** How many steps stand so. */
    public int count(StepStatus which) {
        return steps().count(which);
    }

    /** Where an answer to this request is awaited; null if it is not, or not any more. */
    public @Nullable Place awaited(String requestId) {
        return steps == null ? null : steps.awaited(requestId);
    }

    /** The requests whose answers are awaited. */
    public Set<String> awaited() {
        return steps == null ? Set.of() : steps.awaited();
    }

    /** That and why the run ends early; null if it does not. */
    public Event.@Nullable Stopping stopping() {
        return stopping;
    }

    /** The completed step that is being undone; null if none is. */
    public @Nullable String undoing() {
        return undoing;
    }

    /** The completed step that is to be undone next; null if none is left. */
    public @Nullable String nextToUndo() {
        return undoable.peek();
    }

    /** Whether a step has been undone. */
    public boolean undone() {
        return undone;
    }

    /** Whether nothing can be asked of it any more, since it is being forgotten. */
    public boolean deleted() {
        return deleted;
    }

    /** How many signals wait for a step that takes them. */
    public int signals() {
        return signals.size();
    }

    /** The signal for which this step waits, if it has come; null otherwise. */
    public Event.@Nullable Signalled signalFor(Step step) {
        StepState state = step(step.id());
        return state.status == StepStatus.WAITING ? Signals.matching(signals, step, state.about) : null;
    }

    /** A step that can begin now, or be blocked or left out; null if there is none. */
    public @Nullable Step readyStep() {
        int number = steps().ready.nextSetBit(0);
        return number < 0 ? null : plan().step(number);
    }

    /** An element of a for-each that can begin now; null if there is none. */
    public @Nullable Place readyElement() {
        return steps().readyElement();
    }

    /** All timers that are of use now; those of retries are not while the run is paused. */
    public List<Timer> timers() {
        List<Timer> timers = new ArrayList<>();
        if (!exists() || status.over()) {
            return timers;
        }
        if (deadline != null) {
            timers.add(new Timer(Timer.Kind.RUN, Timer.RUN_PLACE, 0, deadline));
        }
        for (int i = 0; i < plan().size(); i++) {
            String step = plan().step(i).id();
            StepState state = steps().of(i);
            timer(Place.of(step), state, timers);
            for (int item = 0; item < state.elements().size(); item++) {
                timer(new Place(step, item), state.elements().get(item), timers);
            }
        }
        if (undoing != null) {
            timers.add(Timer.of(Place.of(undoing), step(undoing)));
        }
        return timers;
    }

    private void timer(Place place, Task task, List<Timer> timers) {
        boolean held = task.status == StepStatus.RETRYING && status == RunStatus.PAUSED;
        if (task.status.open() && task.until != 0 && !held) {
            timers.add(Timer.of(place, task));
        }
    }

    // ------------------------------------------------------------------ the fold

    /** Takes the next event. */
    public void apply(Event event, long eventTime) {
        at = eventTime;
        sequence++;
        switch (event) {
            case Event.Started started -> start(started);
            case Event.Asked asked -> {
                Event.Request request = asked.request();
                begin(asked.at(), asked.attempt(), request.id(), request.deadline());
                steps().of(asked.at()).once = request.once();
            }
            case Event.Called called ->
                begin(
                        called.at(),
                        called.attempt(),
                        called.child().requestId(),
                        called.child().deadline());
            case Event.Opened opening -> open(opening);
            case Event.Waits waits -> waits(waits);
            case Event.Branched branched -> steps().branch(plan().number(branched.step()), branched.branch());
            case Event.Completed completed -> complete(completed);
            case Event.AttemptFailed failed -> retry(failed);
            case Event.Failed failed -> fail(failed);
            case Event.Skipped skipped -> steps().over(plan().number(skipped.step()), StepStatus.SKIPPED, at);
            case Event.Blocked blocked -> steps().over(plan().number(blocked.step()), StepStatus.BLOCKED, at);
            case Event.Signalled signalled -> signals.add(signalled);
            case Event.Stopping stop -> stop(stop);
            case Event.Undoing undo -> undo(undo);
            case Event.Undone gone -> undone(gone);
            case Event.Paused _ -> status = RunStatus.PAUSED;
            case Event.Resumed _ -> status = RunStatus.RUNNING;
            case Event.Retried retried -> startAgain(retried);
            case Event.Rejected _, Event.Ignored _ -> {}
            case Event.Ended ended -> end(ended);
            case Event.Deleted _ -> deleted = true;
        }
    }

    private void start(Event.Started started) {
        input = started.input();
        origin = started.origin();
        deadline = started.deadline();
        startedAt = at;
        bound = deadline == null ? null : Long.valueOf(deadline - at);
        Plan made;
        try {
            made = plans.apply(started.source());
        } catch (IllegalArgumentException e) {
            return; // its end follows
        }
        plan = made;
        Steps fresh = new Steps(made);
        started.given().forEach(given -> fresh.give(given, at));
        steps = fresh;
    }

    private void begin(Place place, int attempt, String requestId, long until) {
        steps().set(place, StepStatus.RUNNING, at);
        steps().of(place).attempt = attempt;
        steps().await(place, requestId, until);
    }

    private void open(Event.Opened opening) {
        int number = plan().number(opening.step());
        StepState step = steps().of(number);
        steps().set(number, StepStatus.RUNNING, at);
        step.open(opening.items());
        steps().opened.set(number, step.hasNext());
    }

    private void waits(Event.Waits waits) {
        StepState step = step(waits.step());
        steps().set(Place.of(waits.step()), StepStatus.WAITING, at);
        step.attempt++;
        step.until = waits.until();
        step.about = waits.about();
        step.title = waits.title();
    }

    private void complete(Event.Completed completed) {
        Place place = completed.at();
        Task task = steps().of(place);
        steps().settle(task);
        task.output = completed.output();
        task.error = null;
        if (!place.whole()) {
            steps().set(place, StepStatus.COMPLETED, at);
            return;
        }
        int number = plan().number(place.step());
        Step step = plan().step(number);
        if (step.work() instanceof Work.ForEach) {
            task.output = steps().of(number).collected();
        } else if (step.work() instanceof Work.Signal) {
            signals.removeFirstOccurrence(Signals.matching(signals, step, steps().of(number).about));
        }
        if (step.compensate() != null) {
            undoable.push(step.id());
        }
        steps().over(number, StepStatus.COMPLETED, at);
    }

    private void retry(Event.AttemptFailed failed) {
        Task task = steps().of(failed.at());
        steps().settle(task);
        task.error = failed.error();
        task.until = failed.retryAt();
        steps().set(failed.at(), StepStatus.RETRYING, at);
    }

    private void fail(Event.Failed failed) {
        Task task = steps().of(failed.at());
        steps().settle(task);
        task.error = failed.error();
        if (failed.at().whole()) {
            steps().over(plan().number(failed.at().step()), StepStatus.FAILED, at);
        } else {
            steps().set(failed.at(), StepStatus.FAILED, at);
        }
    }

    private void stop(Event.Stopping stop) {
        stopping = stop;
        status = RunStatus.RUNNING;
        signals.clear();
        steps().stop(at);
    }

    private void undo(Event.Undoing undo) {
        undoing = undo.step();
        step(undo.step()).undone = true;
        step(undo.step()).once = undo.request().once();
        undoable.remove(undo.step());
        steps().await(Place.of(undo.step()), undo.request().id(), undo.request().deadline());
    }

    private void undone(Event.Undone gone) {
        steps().settle(step(gone.step()));
        step(gone.step()).error = gone.error();
        undoing = null;
        undone = true;
    }

    private void end(Event.Ended ended) {
        status = ended.status();
        output = ended.output();
        error = ended.error();
        endedAt = at;
        stopping = null;
        signals.clear();
        if (steps != null) { // its definition was none
            steps.end(at);
        }
    }

    private void startAgain(Event.Retried retried) {
        deadline = retried.deadline();
        status = RunStatus.RUNNING;
        output = null;
        error = null;
        endedAt = 0;
        steps().startAgain(at);
    }
}
