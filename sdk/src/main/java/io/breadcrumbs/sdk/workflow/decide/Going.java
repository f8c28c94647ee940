package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Condition;
import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunScope;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.template.MissingValueException;
import java.util.List;

/** Takes a run as far as it can go now: begins, blocks and leaves out steps, and sees when nothing is left. */
record Going(Draft draft, Asking asking) {

    /** Requests of one run that are open at once: more are asked for as answers come. */
    static final int WINDOW = 256;

    Going(Draft draft) {
        this(draft, new Asking(draft));
    }

    private Run run() {
        return draft.run();
    }

    /** False if it could go further, but for the room in a batch. */
    boolean on() {
        if (run().stopping() == null && !run().status().over()) {
            goOn();
        }
        if (run().stopping() != null) {
            new Ending(draft, asking).undo();
        }
        return draft.hasRoom() || !canGoOn();
    }

    private void goOn() {
        while (draft.hasRoom() && canGoOn()) {
            Step step = run().readyStep();
            Place element = run().readyElement();
            if (step != null) {
                begin(step);
            } else if (element != null) {
                beginElement(element);
            }
        }
        if (run().stopping() == null && !canGoOn() && !waiting()) {
            new Ending(draft, asking).end();
        }
    }

    private boolean waiting() {
        return run().count(StepStatus.RUNNING) + run().count(StepStatus.RETRYING) + run().count(StepStatus.WAITING) > 0
                || (run().status() == RunStatus.PAUSED && run().readyStep() != null);
    }

    private boolean canGoOn() {
        if (run().status() != RunStatus.RUNNING || run().stopping() != null) {
            return false;
        }
        return run().awaited().size() < WINDOW && (run().readyStep() != null || run().readyElement() != null);
    }

    private void beginElement(Place element) {
        Step step = run().plan().step(element.step());
        if (step.work() instanceof Work.ForEach each) {
            asking.ask(element, each.each());
        }
        elementsEnded(step);
    }

    /** Completes a for-each whose elements are all completed. */
    void elementsEnded(Step step) {
        StepState state = run().step(step.id());
        if (state.status() == StepStatus.RUNNING
                && state.done() == state.elements().size()) {
            draft.emit(new Event.Completed(Place.of(step.id()), 1, null, null));
        }
        failed(step);
    }

    private void begin(Step step) {
        StepState state = run().step(step.id());
        if (state.doomed()) {
            draft.emit(new Event.Blocked(step.id()));
        } else if (state.leftOut()) {
            draft.emit(new Event.Skipped(step.id()));
        } else {
            beginUnlessLeftOut(step);
        }
    }

    private void beginUnlessLeftOut(Step step) {
        Place place = Place.of(step.id());
        try {
            Condition when = step.when();
            if (when != null && !when.holds(new RunScope(run(), place))) {
                draft.emit(new Event.Skipped(step.id()));
                return;
            }
            work(step, place);
        } catch (ConditionException e) {
            asking.failForGood(place, 1, RunError.invalid("CONDITION", String.valueOf(e.getMessage())));
        } catch (MissingValueException e) {
            asking.failForGood(place, 1, RunError.invalid("MISSING_VALUE", String.valueOf(e.getMessage())));
        }
        failed(step);
    }

    private void work(Step step, Place place) throws ConditionException, MissingValueException {
        RunScope scope = new RunScope(run(), place);
        switch (step.work()) {
            case Work.Tool _, Work.Child _, Work.Agent _ -> asking.ask(place, step.work());
            case Work.ForEach each -> {
                Json list = each.over().resolve(scope);
                if (list instanceof JsonArray) {
                    draft.emit(new Event.Opened(step.id(), Value.of(list)));
                    elementsEnded(step);
                } else {
                    asking.failForGood(
                            place, 1, RunError.invalid("NO_LIST", "over: expected a list, got " + list.kind()));
                }
            }
            case Work.Choice choice -> choose(step, choice, scope);
            case Work.Signal signal -> {
                Value about = signal.correlation() == null
                        ? null
                        : Value.of(signal.correlation().resolve(scope));
                draft.emit(new Event.Waits(step.id(), asking.deadline(step), about));
                signalled(step);
            }
            case Work.Sleep sleep -> {
                long until = Sleeping.until(sleep, scope, draft.facts().now());
                draft.emit(new Event.Waits(step.id(), Deadlines.within(run(), until), null));
            }
            case Work.Approval approval -> {
                Value shown = Value.of(approval.shown().resolve(scope));
                draft.emit(new Event.Waits(step.id(), asking.deadline(step), shown, title(approval, scope)));
            }
        }
    }

    private static String title(Work.Approval approval, RunScope scope) throws MissingValueException {
        Json title = approval.title().resolve(scope);
        return title instanceof JsonString(String text) ? text : title.toString();
    }

    private void choose(Step step, Work.Choice choice, RunScope scope) throws ConditionException {
        List<Work.Branch> branches = choice.branches();
        int taken = -1;
        for (int i = 0; i < branches.size() && taken < 0; i++) {
            Condition when = branches.get(i).when();
            taken = when == null || when.holds(scope) ? i : -1;
        }
        draft.emit(new Event.Branched(step.id(), taken));
        draft.emit(new Event.Completed(Place.of(step.id()), 1, Value.of(Json.object("branch", Json.of(taken))), null));
    }

    /** A step that waits takes a signal that has come already. */
    void signalled(Step step) {
        Event.Signalled signal = run().signalFor(step);
        if (signal != null) {
            int attempt = run().step(step.id()).attempt();
            draft.emit(new Event.Completed(Place.of(step.id()), attempt, signal.payload(), signal.by()));
        }
    }

    /** What the failure of a step means for the run, if it has failed. */
    void failed(Step step) {
        StepState state = run().step(step.id());
        if (state.status() != StepStatus.FAILED || run().stopping() != null) {
            return;
        }
        boolean stops = step.onFailure() == null
                ? run().plan().definition().onError() == Definition.OnError.STOP
                : step.onFailure() == Step.OnFailure.STOP;
        RunError error = state.error();
        if (stops && error != null) {
            draft.emit(new Event.Stopping(RunStatus.FAILED, error.in("step " + step.id()), null));
        }
    }
}
