package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Retry;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunScope;
import io.breadcrumbs.sdk.workflow.run.Task;
import io.breadcrumbs.sdk.workflow.template.MissingValueException;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.util.Objects;

/** Attempts at steps and elements: asking for tools and child runs, and what a failure leads to. */
record Asking(Draft draft) {

    /** So deep may runs call each other; more is taken for a workflow that calls itself for ever. */
    private static final int MOST_DEPTH = 50;

    private Run run() {
        return draft.run();
    }

    private long now() {
        return draft.facts().now();
    }

    /** Begins the next attempt. */
    void ask(Place place, Work work) {
        Step step = run().plan().step(place.step());
        int attempt = run().task(place).attempt() + 1;
        long deadline = deadline(step);
        try {
            switch (work) {
                case Work.Tool tool -> {
                    Value input = input(place, tool.input());
                    draft.emit(new Event.Asked(place, attempt, request(id(place, attempt), tool, input, deadline)));
                }
                case Work.Child child -> call(place, attempt, child, deadline);
                default ->
                    fail(
                            place,
                            attempt,
                            RunError.invalid("NOT_SUPPORTED", "no engine can do the work of this step yet"));
            }
        } catch (MissingValueException e) {
            fail(place, attempt, RunError.invalid("MISSING_VALUE", String.valueOf(e.getMessage())));
        }
    }

    private Value input(Place place, Template template) throws MissingValueException {
        Value given = Forking.input(run(), place.step());
        return given == null ? Value.of(template.resolve(new RunScope(run(), place))) : given;
    }

    private void call(Place place, int attempt, Work.Child child, long deadline) throws MissingValueException {
        Value input = input(place, child.input());
        if (run().origin().depth() >= MOST_DEPTH) {
            fail(
                    place,
                    attempt,
                    RunError.invalid("TOO_DEEP", "expected runs to call each other at most " + MOST_DEPTH + " deep"));
            return;
        }
        String childId = place.child(run().id(), attempt);
        String source = child.definition() == null ? null : child.definition().toString();
        draft.emit(new Event.Called(
                place, attempt, new Event.Child(id(place, attempt), childId, child.name(), source, input, deadline)));
    }

    /** Asks for what undoes a completed step. */
    void undo(String name) {
        Step step = run().plan().step(name);
        Work.Tool tool = Objects.requireNonNull(step.compensate());
        Place place = Place.of(name);
        try {
            Value input = Value.of(tool.input().resolve(new RunScope(run(), place)));
            String id = run().id() + "/" + name + "/undo/" + draft.facts().epoch();
            long deadline = now() + step.timeout().toMillis();
            draft.emit(new Event.Undoing(name, request(id, tool, input, deadline)));
        } catch (MissingValueException e) {
            draft.emit(new Event.Undone(name, RunError.invalid("MISSING_VALUE", String.valueOf(e.getMessage()))));
        }
    }

    private Event.Request request(String id, Work.Tool tool, Value input, long deadline) {
        Facts.Tool known = draft.facts().tools().find(tool.tool(), tool.version());
        Facts.Tool there = known == null ? Facts.Tool.UNKNOWN : known;
        return new Event.Request(
                id, tool.tool(), tool.version(), there.pool(), there.pure(), there.once(), input, deadline);
    }

    private String id(Place place, int attempt) {
        return run().id() + "/" + place + "/" + attempt + "/" + draft.facts().epoch();
    }

    /** When what the step waits for is over: in its own time, or with the run. */
    long deadline(Step step) {
        return Deadlines.within(run(), now() + step.timeout().toMillis());
    }

    /** An attempt has failed: there will be another one, or none. */
    void fail(Place place, int attempt, RunError error) {
        Step step = run().plan().step(place.step());
        Retry retry = step.retry();
        Task task = run().task(place);
        int tried = attempt - task.before();
        boolean again = tried < retry.attempts()
                && !(task.once() && error.leavesOutcomeOpen())
                && (retry.on().isEmpty() ? error.retryable() : retry.on().contains(error.kind()));
        if (again) {
            draft.emit(new Event.AttemptFailed(place, attempt, error, now() + pause(retry, tried, place)));
        } else {
            failForGood(place, attempt, error);
        }
    }

    void failForGood(Place place, int attempt, RunError error) {
        draft.emit(new Event.Failed(place, attempt, error, null));
        if (!place.whole()) {
            RunError why = error.in("element " + place.item());
            draft.emit(new Event.Failed(Place.of(place.step()), attempt, why, null));
        }
    }

    /** Longer from attempt to attempt; what is left to chance hangs on the place, so that it can be decided again. */
    private long pause(Retry retry, int tried, Place place) {
        double pause = Math.min(
                (double) retry.most().toMillis(), retry.backoff().toMillis() * Math.pow(retry.factor(), tried - 1.0));
        int hash = Objects.hash(run().id(), place, tried) * 0x9E3779B9;
        double chance = (hash >>> 1) / (double) Integer.MAX_VALUE;
        return Math.round(pause * (1 - retry.jitter() * chance));
    }
}
