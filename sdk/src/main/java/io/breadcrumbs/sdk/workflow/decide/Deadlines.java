package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When runs and their awaits are over, and what is said then. */
final class Deadlines {

    /** So many steps are named that a run was waiting for. */
    private static final int MOST_NAMED = 3;

    private Deadlines() {}

    /** When a run that begins now is over: as its workflow says, or as was asked, whichever comes first. */
    static @Nullable Long of(Plan plan, @Nullable Long asked, long now) {
        Duration own = plan.definition().timeout();
        if (own == null) {
            return asked == null ? null : Long.valueOf(now + asked);
        }
        return now + (asked == null ? own.toMillis() : Math.min(asked, own.toMillis()));
    }

    /** That time, or the end of the run's if it comes first. */
    static long within(Run run, long time) {
        Long whole = run.deadline();
        return whole == null ? time : Math.min(time, whole);
    }

    /** Whether what is due at that time is due too late, since the run is over by then, or at the same moment. */
    static boolean endsRun(Run run, long time) {
        Long whole = run.deadline();
        return run.stopping() == null && whole != null && time >= whole;
    }

    /**
     * Names what was awaited.
     *
     * @param once whether it must not be executed again when nobody knows whether it was: nobody does
     */
    static RunError noAnswer(Step step, boolean once) {
        String message = awaited(step) + " gave no answer within " + step.timeout();
        return once
                ? new RunError(
                        RunError.OUTCOME_UNKNOWN,
                        "NO_ANSWER",
                        message + "; whether it was executed, nobody knows: look before you ask for it again",
                        false)
                : RunError.timeout("NO_ANSWER", message);
    }

    /** Names the run's own deadline, and what was awaited then. */
    static RunError over(Run run) {
        List<String> awaited = new ArrayList<>();
        int more = 0;
        for (int i = 0; i < run.plan().size(); i++) {
            Step step = run.plan().step(i);
            StepStatus status = run.step(step.id()).status();
            if (status.open() && awaited.size() < MOST_NAMED) {
                awaited.add("step " + step.id() + " awaited "
                        + (status == StepStatus.RETRYING ? "its next attempt" : awaited(step)));
            } else if (status.open()) {
                more++;
            }
        }
        String which = awaited.isEmpty() ? "no step was running" : String.join(", ", awaited);
        return RunError.timeout(
                "RUN_TIMEOUT",
                "the run was not over by its deadline, after " + bound(run) + ": " + which
                        + (more == 0 ? "" : ", and " + more + " more steps"));
    }

    private static Duration bound(Run run) {
        Long bound = run.bound();
        return Duration.ofMillis(bound == null ? 0 : bound);
    }

    private static String awaited(Step step) {
        Work work = step.work() instanceof Work.ForEach each ? each.each() : step.work();
        return switch (work) {
            case Work.Tool tool -> "tool '" + tool.tool() + "'";
            case Work.Child child -> child.name() == null ? "the child run" : "workflow '" + child.name() + "'";
            case Work.Signal signal -> "signal '" + signal.name() + "'";
            case Work.Approval _ -> "somebody's decision";
            case Work.Sleep _ -> "its time";
            default -> "it";
        };
    }
}
