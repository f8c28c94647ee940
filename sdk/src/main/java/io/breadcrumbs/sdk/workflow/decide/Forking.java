package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which steps of a run a fork of it need not go through again, and which forks make no sense. */
public final class Forking {

    private static final int MOST_LISTED = 100;

    private Forking() {}

    /**
     * The steps that a fork is given: those that were completed or left out, and neither are the step from which it
     * goes its own way nor depend on it. What the run undoes, or will undo, is not given, nor what depends on that: its
     * effects are gone. Nor is a step that does something of another kind in the new workflow.
     *
     * @param from the run, as far as it has got
     * @param plan of the fork
     */
    public static List<Event.Given> given(Run from, Plan plan, String step) {
        if (!from.exists()) {
            return List.of(); // its workflow was none
        }
        Set<String> anew = anew(from, plan, step);
        List<Event.Given> given = new ArrayList<>();
        for (Step one : from.plan().definition().steps().values()) {
            StepState state = from.step(one.id());
            boolean stays = plan.has(one.id())
                    && plan.step(one.id()).work().getClass() == one.work().getClass()
                    && !anew.contains(one.id());
            if (stays && state.status() == StepStatus.SKIPPED) {
                given.add(new Event.Given(one.id(), null));
            } else if (stays && state.status() == StepStatus.COMPLETED) {
                given.add(new Event.Given(one.id(), state.output()));
            }
        }
        return given;
    }

    private static boolean undone(Run from, Step step) {
        return from.step(step.id()).undone() || (from.stopping() != null && step.compensate() != null);
    }

    /** The step, those that are undone, and all that depend on them, directly or not. */
    private static Set<String> anew(Run from, Plan plan, String step) {
        Set<String> anew = new HashSet<>(Set.of(step));
        for (Step one : from.plan().definition().steps().values()) {
            if (plan.has(one.id()) && undone(from, one)) {
                anew.add(one.id());
            }
        }
        Deque<String> open = new ArrayDeque<>(anew);
        while (!open.isEmpty()) {
            for (int dependant : plan.dependants(plan.number(open.remove()))) {
                String id = plan.step(dependant).id();
                if (anew.add(id)) {
                    open.add(id);
                }
            }
        }
        return anew;
    }

    /** Why a workflow cannot go its own way there; null if it can. */
    public static @Nullable RunError fault(Event.@Nullable Fork fork, Plan plan) {
        if (fork == null) {
            return null;
        }
        if (!plan.has(fork.step())) {
            return RunError.invalid(
                    "NO_STEP", "expected a step of the workflow, got '" + fork.step() + "'; it has " + steps(plan));
        }
        Work work = plan.step(fork.step()).work();
        if (fork.input() != null && !(work instanceof Work.Tool) && !(work instanceof Work.Child)) {
            return RunError.invalid(
                    "NO_INPUT", "step '" + fork.step() + "' has no input: only steps with a tool or a workflow have");
        }
        return null;
    }

    private static String steps(Plan plan) {
        Set<String> ids = plan.definition().steps().keySet();
        String listed = ids.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return ids.size() <= MOST_LISTED ? listed : listed + " and " + (ids.size() - MOST_LISTED) + " more";
    }

    /** The input that a step gets instead of what its definition says; null if none was given to it. */
    static @Nullable Value input(Run run, String step) {
        Event.Fork fork = run.origin().fork();
        return fork == null || !fork.step().equals(step) ? null : fork.input();
    }
}
