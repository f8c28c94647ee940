package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How all steps of a run stand, and which of them can begin. Part of {@link Run}. */
final class Steps {

    private final Plan plan;
    private final StepState[] states;
    private final Map<StepStatus, Integer> counts = new HashMap<>();
    private final Map<String, Place> awaited = new HashMap<>();
    /** Steps that can be begun, blocked or left out. */
    final BitSet ready = new BitSet();
    /** For-eaches that have elements to begin. */
    final BitSet opened = new BitSet();

    Steps(Plan plan) {
        this.plan = plan;
        states = new StepState[plan.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = new StepState();
            states[i].needs = plan.step(i).needs().size();
            states[i].unmet = states[i].needs;
            ready.set(i, states[i].unmet == 0);
        }
        counts.put(StepStatus.PENDING, states.length);
    }

    StepState of(int number) {
        return states[number];
    }

    Task of(Place place) {
        StepState step = states[plan.number(place.step())];
        return place.whole() ? step : step.elements().get(place.item());
    }

    /** A step need not run; what the workflow does not have is not missed. */
    void give(Event.Given given, long at) {
        if (!plan.has(given.step())) {
            return;
        }
        int number = plan.number(given.step());
        Value output = given.output();
        states[number].given = true;
        states[number].output = output;
        if (output != null && plan.step(number).work() instanceof Work.Choice) {
            branch(number, taken(output));
        }
        over(number, output == null ? StepStatus.SKIPPED : StepStatus.COMPLETED, at);
    }

    /** The branch that a choice says to have taken. */
    private static int taken(Value output) {
        return output.json() instanceof JsonObject chosen
                        && chosen.get("branch") instanceof JsonNumber branch
                        && branch.isLong()
                ? (int) branch.longValue()
                : -1;
    }

    /** A choice has taken a branch: steps of the others alone are left out. */
    void branch(int number, int branch) {
        if (!(plan.step(number).work() instanceof Work.Choice(List<Work.Branch> branches))) {
            return;
        }
        List<String> taken =
                branch >= 0 && branch < branches.size() ? branches.get(branch).steps() : List.of();
        for (Work.Branch other : branches) {
            for (String step : other.steps()) {
                states[plan.number(step)].notTaken |= !taken.contains(step);
            }
        }
    }

    /** The next element of the first for-each that may begin one; null if none may. */
    @Nullable
    Place readyElement() {
        for (int i = opened.nextSetBit(0); i >= 0; i = opened.nextSetBit(i + 1)) {
            Step step = plan.step(i);
            if (step.work() instanceof Work.ForEach each && states[i].running < each.concurrency()) {
                return new Place(step.id(), states[i].next());
            }
        }
        return null;
    }

    int count(StepStatus which) {
        return counts.getOrDefault(which, 0);
    }

    @Nullable
    Place awaited(String requestId) {
        return awaited.get(requestId);
    }

    Set<String> awaited() {
        return Collections.unmodifiableSet(awaited.keySet());
    }

    /** From now on an answer to this request is awaited there. */
    void await(Place place, String requestId, long until) {
        Task task = of(place);
        task.requestId = requestId;
        task.until = until;
        awaited.put(requestId, place);
    }

    /** Nothing is awaited there any more. */
    void settle(Task task) {
        if (task.requestId != null) {
            awaited.remove(task.requestId);
            task.requestId = null;
        }
        task.until = 0;
    }

    void set(Place place, StepStatus next, long at) {
        if (place.whole()) {
            set(plan.number(place.step()), next, at);
        } else {
            int number = plan.number(place.step());
            states[number].count(place.item(), next);
            opened.set(number, states[number].hasNext());
            mark(of(place), next, at);
        }
    }

    void set(int number, StepStatus next, long at) {
        counts.merge(states[number].status, -1, Integer::sum);
        counts.merge(next, 1, Integer::sum);
        ready.clear(number);
        mark(states[number], next, at);
    }

    private static void mark(Task task, StepStatus next, long at) {
        if (next.open() && !task.status.open()) {
            task.startedAt = at;
        }
        task.endedAt = next.over() ? at : 0;
        task.status = next;
    }

    /** A step is over: others may begin, or are blocked. */
    void over(int number, StepStatus end, long at) {
        set(number, end, at);
        opened.clear(number);
        settleElements(number, at);
        boolean dooms = end == StepStatus.BLOCKED
                || (end == StepStatus.FAILED && plan.step(number).onFailure() != Step.OnFailure.IGNORE);
        for (int dependant : plan.dependants(number)) {
            StepState other = states[dependant];
            if (other.status == StepStatus.PENDING) {
                other.unmet--;
                other.doomed |= dooms;
                other.skippedNeeds += end == StepStatus.SKIPPED ? 1 : 0;
                if (other.unmet == 0 || other.doomed) {
                    ready.set(dependant);
                }
            }
        }
    }

    private void settleElements(int number, long at) {
        for (Task element : states[number].elements()) {
            if (element.status.open()) {
                settle(element);
                mark(element, StepStatus.CANCELLED, at);
            }
        }
        states[number].running = 0;
    }

    /** Nothing begins any more, and what is open is cancelled. */
    void stop(long at) {
        for (int i = 0; i < states.length; i++) {
            if (states[i].status.open()) {
                settleElements(i, at);
                settle(states[i]);
                set(i, StepStatus.CANCELLED, at);
            }
        }
        ready.clear();
        opened.clear();
    }

    /** The run is over: what depends on a failed step is blocked, what else did not begin is cancelled. */
    void end(long at) {
        Deque<Integer> failed = new ArrayDeque<>();
        for (int i = 0; i < states.length; i++) {
            if (states[i].status == StepStatus.FAILED || states[i].status == StepStatus.BLOCKED) {
                failed.add(i);
            }
        }
        while (!failed.isEmpty()) {
            for (int dependant : plan.dependants(failed.poll())) {
                if (states[dependant].status == StepStatus.PENDING) {
                    set(dependant, StepStatus.BLOCKED, at);
                    failed.add(dependant);
                }
            }
        }
        for (int i = 0; i < states.length; i++) {
            if (!states[i].status.over()) {
                set(i, StepStatus.CANCELLED, at);
            }
        }
        ready.clear();
        opened.clear();
        awaited.clear();
    }

    /** What was not completed or left out begins anew; attempts go on being counted. */
    void startAgain(long at) {
        for (int i = 0; i < states.length; i++) {
            if (states[i].status != StepStatus.COMPLETED && states[i].status != StepStatus.SKIPPED) {
                set(i, StepStatus.PENDING, at);
                states[i].startAgain();
            }
        }
        for (int i = 0; i < states.length; i++) {
            if (states[i].status == StepStatus.PENDING) {
                states[i].unmet = (int) plan.step(i).needs().stream()
                        .filter(need -> states[plan.number(need)].status == StepStatus.PENDING)
                        .count();
                ready.set(i, states[i].unmet == 0);
            }
        }
    }
}
