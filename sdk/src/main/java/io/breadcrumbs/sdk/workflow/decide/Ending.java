package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunScope;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Timer;
import io.breadcrumbs.sdk.workflow.template.MissingValueException;
import io.breadcrumbs.sdk.workflow.template.Template;
import org.jspecify.annotations.Nullable;

/** How a run ends: with its output, or after what was completed has been undone. */
record Ending(Draft draft, Asking asking) {

    private Run run() {
        return draft.run();
    }

    /** All steps are over. */
    void end() {
        RunError why = firstFailure();
        if (why != null) {
            RunStatus status = run().count(StepStatus.COMPLETED) > 0 ? RunStatus.PARTIAL : RunStatus.FAILED;
            draft.emit(new Event.Ended(status, null, why));
            return;
        }
        try {
            draft.emit(new Event.Ended(RunStatus.COMPLETED, output(), null));
        } catch (MissingValueException e) {
            RunError missing = RunError.invalid("MISSING_VALUE", "output: " + e.getMessage());
            boolean undo = run().nextToUndo() != null;
            draft.emit(
                    undo
                            ? new Event.Stopping(RunStatus.FAILED, missing, null)
                            : new Event.Ended(RunStatus.FAILED, null, missing));
        }
    }

    private @Nullable RunError firstFailure() {
        if (run().count(StepStatus.FAILED) == 0) {
            return null;
        }
        for (Step step : run().plan().definition().steps().values()) {
            StepState state = run().step(step.id());
            RunError error = state.error();
            if (state.status() == StepStatus.FAILED && step.onFailure() != Step.OnFailure.IGNORE && error != null) {
                return error.in("step " + step.id());
            }
        }
        return null;
    }

    private Value output() throws MissingValueException {
        Template template = run().plan().definition().output();
        if (template != null) {
            return Value.of(template.resolve(new RunScope(run(), Timer.RUN_PLACE)));
        }
        JsonObject.Builder last = JsonObject.builder();
        for (int i = 0; i < run().plan().size(); i++) {
            String step = run().plan().step(i).id();
            Value output = run().step(step).output();
            if (run().plan().dependants(i).isEmpty() && output != null) {
                last.put(step, output.json());
            }
        }
        return Value.of(last.build());
    }

    /** Undoes what can be undone, the last first and one at a time; ends the run when nothing is left. */
    void undo() {
        Event.Stopping stopping = run().stopping();
        while (stopping != null && run().undoing() == null) {
            String next = run().nextToUndo();
            if (next == null) {
                draft.emit(new Event.Ended(stopping.end(), null, stopping.error()));
            } else {
                asking.undo(next);
            }
            stopping = run().stopping();
        }
    }
}
