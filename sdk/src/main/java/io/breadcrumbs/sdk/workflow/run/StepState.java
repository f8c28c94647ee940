package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a step stands. Changed by {@link Run} alone. */
public final class StepState extends Task {

    /** Needed steps. */
    int needs;
    /** Needed steps that are not over. */
    int unmet;
    /** Needed steps that were left out. */
    int skippedNeeds;
    /** A needed step has failed. */
    boolean doomed;
    /** A choice took another branch. */
    boolean notTaken;
    /** What a signal must carry, or what is to be decided about. */
    @Nullable
    Value about;
    /** What somebody is asked. */
    @Nullable
    String title;

    /** It need not run: the run that this one was forked from has been through it. */
    boolean given;
    /** It was undone, or is being undone. */
    boolean undone;

    private @Nullable Value list;
    private List<Task> elements = List.of();
    /** No element before this one is pending. */
    private int next;
    /** How many elements have begun and are not over. */
    int running;
    /** How many elements are completed. */
    private int done;

    /** The elements of a for-each that has its list. */
    public List<Task> elements() {
        return Collections.unmodifiableList(elements);
    }

    /** What is waited for, or is to be decided about. */
    public @Nullable Value about() {
        return about;
    }

    /** What somebody is, or was, asked; null where nobody is. */
    public @Nullable String title() {
        return title;
    }

    /** Whether a needed step has failed. */
    public boolean doomed() {
        return doomed;
    }

    /** Whether a choice took another branch, or all needed steps were left out. */
    public boolean leftOut() {
        return notTaken || (needs > 0 && skippedNeeds == needs);
    }

    /** Whether it did not run here: the run that this one was forked from has been through it. */
    public boolean given() {
        return given;
    }

    /** Whether it was undone, or is being undone. */
    public boolean undone() {
        return undone;
    }

    /** How many elements are completed. */
    public int done() {
        return done;
    }

    /** Elements that an earlier try completed stay so, if the list is the same. */
    void open(Value items) {
        boolean same = items.equals(list);
        list = items;
        next = 0;
        running = 0;
        if (!same) {
            int size = items.json() instanceof JsonArray array ? array.size() : 0;
            done = 0;
            elements = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                elements.add(new Task());
            }
        }
    }

    boolean hasNext() {
        while (next < elements.size() && elements.get(next).status != StepStatus.PENDING) {
            next++;
        }
        return next < elements.size();
    }

    /** The first element that has not begun; {@link #hasNext} says whether there is one. */
    int next() {
        return next;
    }

    /** An element changes: before it is marked. */
    void count(int item, StepStatus now) {
        if (elements.get(item).status == StepStatus.PENDING) {
            running++;
            next = Math.max(next, item + 1);
        }
        running -= now.over() ? 1 : 0;
        done += now == StepStatus.COMPLETED ? 1 : 0;
    }

    void startAgain() {
        before = attempt;
        doomed = false;
        error = null;
        for (Task element : elements) {
            if (element.status != StepStatus.COMPLETED) {
                element.status = StepStatus.PENDING;
                element.before = element.attempt;
            }
        }
    }

    Json element(int item) {
        Value items = list;
        return items != null && items.json() instanceof JsonArray array ? array.get(item) : Json.nothing();
    }

    /** The outputs of all elements, in the list's order. */
    Value collected() {
        StringBuilder text = new StringBuilder("[");
        for (Task element : elements) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(element.output == null ? "null" : element.output);
        }
        return Value.of(text.append(']').toString());
    }
}
