package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Task;
import io.breadcrumbs.sdk.workflow.run.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Decides about inputs. The same run, input and facts give the same events, and the run is then the fold of its events
 * with these: who applies them to another copy gets the same run.
 */
public final class Decider {

    private final Draft draft;
    private final Run run;
    private final Asking asking;
    private final Going going;

    private Decider(Draft draft) {
        this.draft = draft;
        this.run = draft.run();
        this.asking = new Asking(draft);
        this.going = new Going(draft, asking);
    }

    /** Decides about an input of a run, and applies the decision. */
    public static Decision decide(Run run, Input input, Facts facts) {
        Draft draft = new Draft(run, facts);
        Decider decider = new Decider(draft);
        decider.take(input);
        boolean whole = !run.exists() || decider.going.on();
        if (draft.isEmpty() && !(input instanceof Input.Fire) && !(input instanceof Input.Continue)) {
            draft.emit(new Event.Ignored("it changes nothing"));
        }
        return draft.decision(!whole);
    }

    private void take(Input input) {
        if (input instanceof Input.Start start) {
            start(start);
            return;
        }
        if (input instanceof Input.Delete(String by) && isNoMore(by)) {
            draft.emit(new Event.Deleted(by));
            return;
        }
        if (!run.exists()) {
            unknown(input);
            return;
        }
        switch (input) {
            case Input.Start _, Input.Continue _ -> {}
            case Input.Delete _ -> reject("NOT_OVER", "only a run that is over can be deleted: cancel it first");
            case Input.Answer answer -> answer(answer);
            case Input.Fire fire -> fire(fire.timer());
            case Input.Fail fail -> fail(fail.why(), fail.answer());
            case Input.Cancel cancel -> cancel(cancel);
            case Input.Pause pause -> pause(pause);
            case Input.Resume resume -> resume(resume);
            case Input.Retry retry -> retry(retry);
            case Input.Signal signal -> signal(signal);
            case Input.Verdict verdict -> verdict(verdict);
        }
    }

    /** Whether it can be deleted: it is over, also for want of a definition, or was rejected long enough ago. */
    private boolean isNoMore(@Nullable String by) {
        return run.status().over() || (by == null && !run.exists() && run.sequence() > 0);
    }

    /** Of a run that does not exist nothing can be asked. */
    private void unknown(Input input) {
        switch (input) {
            case Input.Answer answer ->
                draft.emit(new Event.Ignored("there is no run that awaits an answer to " + answer.requestId()));
            case Input.Fire _, Input.Continue _, Input.Fail _, Input.Start _ -> {}
            default -> draft.emit(new Event.Rejected("NO_RUN", "there is no such run"));
        }
    }

    private void start(Input.Start start) {
        if (run.exists() || run.status().over()) {
            Event.Parent parent = start.origin().parent();
            draft.emit(
                    parent == null || parent.equals(run.origin().parent())
                            ? new Event.Ignored("the run exists already")
                            : new Event.Rejected(
                                    "RUN_EXISTS", "run " + run.id() + " exists already, started by another", parent));
            return;
        }
        Long deadline = null;
        RunError why = null;
        try {
            Plan plan = run.plan(start.source());
            deadline = Deadlines.of(plan, start.timeout(), draft.facts().now());
            why = Forking.fault(start.origin().fork(), plan);
        } catch (IllegalArgumentException e) {
            why = RunError.invalid("BAD_DEFINITION", String.valueOf(e.getMessage()));
        }
        draft.emit(new Event.Started(start.source(), start.input(), start.origin(), deadline, start.given()));
        if (why != null) {
            draft.emit(new Event.Ended(RunStatus.FAILED, null, why));
        }
    }

    private void answer(Input.Answer answer) {
        Place place = run.awaited(answer.requestId());
        if (place == null) {
            draft.emit(new Event.Ignored("nobody awaits an answer to " + answer.requestId() + " any more"));
            return;
        }
        RunError error = answer.error();
        boolean tooLate = error != null && error.kind().equals(RunError.TIMEOUT);
        if (tooLate && Deadlines.endsRun(run, draft.facts().now())) {
            timeUp(); // its deadline was the run's
        } else if (run.undoing() != null) {
            draft.emit(new Event.Undone(place.step(), error));
        } else if (error == null) {
            complete(place, answer);
            settled(place);
        } else {
            asking.fail(place, run.task(place).attempt(), error);
            settled(place);
        }
    }

    private void complete(Place place, Input.Answer answer) {
        Value output = answer.output();
        Value there = output == null ? Value.of(Json.nothing()) : output;
        draft.emit(new Event.Completed(place, run.task(place).attempt(), there, null));
    }

    /** Something has ended in a step. */
    private void settled(Place place) {
        Step step = run.plan().step(place.step());
        if (place.whole()) {
            going.failed(step);
        } else {
            going.elementsEnded(step);
        }
    }

    private void fire(Timer timer) {
        if (run.status().over() || timer.at() > draft.facts().now()) {
            return;
        }
        if (timer.kind() == Timer.Kind.RUN) {
            Long deadline = run.deadline();
            if (deadline != null && deadline == timer.at() && run.stopping() == null) {
                timeUp();
            }
            return;
        }
        Task task = run.task(timer.place());
        if (task.attempt() != timer.attempt() || task.until() != timer.at()) {
            return;
        }
        if (Deadlines.endsRun(run, timer.at())) {
            timeUp(); // nothing is completed by a time that was cut short
        } else {
            due(timer, task);
        }
    }

    private void timeUp() {
        draft.emit(new Event.Stopping(RunStatus.FAILED, Deadlines.over(run), null));
    }

    private void due(Timer timer, Task task) {
        Place place = timer.place();
        Step step = run.plan().step(place.step());
        if (place.step().equals(run.undoing())) {
            draft.emit(new Event.Undone(place.step(), Deadlines.noAnswer(step, task.once())));
            return;
        }
        switch (task.status()) {
            case RUNNING -> asking.fail(place, task.attempt(), Deadlines.noAnswer(step, task.once()));
            case RETRYING -> {
                if (run.status() == RunStatus.RUNNING) {
                    Work work = step.work();
                    asking.ask(place, work instanceof Work.ForEach each ? each.each() : work);
                }
            }
            case WAITING -> waited(step, place, task);
            default -> {}
        }
        settled(place);
    }

    private void waited(Step step, Place place, Task task) {
        switch (step.work()) {
            case Work.Sleep _ ->
                draft.emit(new Event.Completed(place, task.attempt(), Value.of(Json.of(task.until())), null));
            case Work.Signal signal ->
                asking.failForGood(
                        place,
                        task.attempt(),
                        RunError.timeout(
                                "NO_SIGNAL", "no signal '" + signal.name() + "' came within " + step.timeout()));
            case Work.Approval approval -> expired(step, approval, place, task);
            default -> {}
        }
    }

    private void expired(Step step, Work.Approval approval, Place place, Task task) {
        switch (approval.onExpiry()) {
            case APPROVE ->
                draft.emit(new Event.Completed(
                        place, task.attempt(), run.step(step.id()).about(), null));
            case REJECT ->
                asking.failForGood(
                        place,
                        task.attempt(),
                        new RunError(RunError.CANCELLED, "REJECTED", "nobody decided within " + step.timeout(), false));
            case FAIL ->
                asking.failForGood(
                        place,
                        task.attempt(),
                        RunError.timeout("NO_DECISION", "nobody decided within " + step.timeout()));
        }
    }

    /** It ends as any run that fails; if it ends already, what is being undone is not, and the rest is. */
    private void fail(RunError why, Input.@Nullable Answer answer) {
        String undoing = run.undoing();
        Place place = answer == null ? null : run.awaited(answer.requestId());
        if (undoing != null) {
            draft.emit(new Event.Undone(undoing, answer == null || place == null ? why : answer.error()));
        } else if (answer != null && place != null && answer.error() == null) {
            complete(place, answer);
            if (!place.whole()) {
                going.elementsEnded(run.plan().step(place.step()));
            }
        }
        if (run.stopping() == null) {
            draft.emit(new Event.Stopping(RunStatus.FAILED, why, null));
        }
    }

    // ------------------------------------------------------------------ commands

    private void cancel(Input.Cancel cancel) {
        if (run.status().over()) {
            rejectOver();
        } else if (run.stopping() != null) {
            draft.emit(new Event.Rejected("ENDING", "the run ends already"));
        } else {
            RunError why = new RunError(RunError.CANCELLED, "CANCELLED", cancel.reason(), false);
            draft.emit(new Event.Stopping(RunStatus.CANCELLED, why, cancel.by()));
        }
    }

    private void pause(Input.Pause pause) {
        if (run.status() == RunStatus.RUNNING && run.stopping() == null) {
            draft.emit(new Event.Paused(pause.by()));
        } else {
            reject("NOT_RUNNING", "only a running run can be paused");
        }
    }

    private void resume(Input.Resume resume) {
        if (run.status() != RunStatus.PAUSED) {
            reject("NOT_PAUSED", "only a paused run can be resumed");
            return;
        }
        draft.emit(new Event.Resumed(resume.by()));
        run.timers().stream().filter(timer -> timer.kind() == Timer.Kind.RETRY).forEach(this::fire);
    }

    private void retry(Input.Retry retry) {
        boolean failed = run.status() == RunStatus.FAILED
                || run.status() == RunStatus.PARTIAL
                || run.status() == RunStatus.CANCELLED;
        if (!failed) {
            reject("NOT_FAILED", "only a run that failed, in part or at all, or was cancelled can be retried");
        } else if (run.undone()) {
            reject("UNDONE", "steps of this run have been undone: start a new run");
        } else {
            draft.emit(new Event.Retried(
                    retry.by(),
                    Deadlines.of(run.plan(), run.bound(), draft.facts().now())));
        }
    }

    private void signal(Input.Signal signal) {
        if (run.status().over()) {
            rejectOver();
        } else if (run.signals() >= Run.MOST_SIGNALS) {
            draft.emit(new Event.Rejected(
                    "TOO_MANY_SIGNALS", Run.MOST_SIGNALS + " signals wait already for steps that take them"));
        } else {
            draft.emit(new Event.Signalled(signal.name(), signal.about(), signal.payload(), signal.by()));
            for (Step step : run.plan().definition().steps().values()) {
                going.signalled(step);
            }
        }
    }

    private void verdict(Input.Verdict verdict) {
        boolean asked = run.plan().has(verdict.step())
                && run.step(verdict.step()).status() == StepStatus.WAITING
                && run.plan().step(verdict.step()).work() instanceof Work.Approval;
        if (!asked) {
            reject("NOT_ASKED", "step '" + verdict.step() + "' waits for nobody's decision");
            return;
        }
        Place place = Place.of(verdict.step());
        StepState step = run.step(verdict.step());
        if (verdict.approved()) {
            Value output = verdict.changed() == null ? step.about() : verdict.changed();
            draft.emit(new Event.Completed(place, step.attempt(), output, verdict.by()));
        } else {
            RunError why = new RunError(RunError.CANCELLED, "REJECTED", "it was rejected", false);
            draft.emit(new Event.Failed(place, step.attempt(), why, verdict.by()));
            settled(place);
        }
    }

    private void rejectOver() {
        reject("OVER", "the run is over");
    }

    private void reject(String code, String message) {
        draft.emit(new Event.Rejected(
                code, message + "; it is " + run.status().name().toLowerCase(java.util.Locale.ROOT)));
    }
}
