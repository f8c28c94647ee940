package io.breadcrumbs.local.runs.view;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Clip;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.runs.state.Works;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a run as lines, those of the runs below it under theirs. */
public final class StepTree {

    private static final int MOST_ELEMENTS = 8;
    private static final int WIDEST = 24;

    private final Followed.Finder runs;
    private final long now;
    private final List<String> lines = new ArrayList<>();

    private StepTree(Followed.Finder runs, long now) {
        this.runs = runs;
        this.now = now;
    }

    /**
     * The lines.
     *
     * @param runs finds runs below it
     * @param now milliseconds since 1970
     */
    public static List<String> of(Followed run, Followed.Finder runs, long now) {
        StepTree tree = new StepTree(runs, now);
        tree.add(run, "  ");
        return tree.lines;
    }

    private void add(Followed followed, String indent) {
        Run run = followed.run();
        if (!run.exists()) {
            return;
        }
        int idWidth = 4;
        int workWidth = 4;
        for (Step step : run.plan().definition().steps().values()) {
            idWidth = Math.clamp(step.id().length(), idWidth, WIDEST);
            workWidth = Math.clamp(Works.of(step).length(), workWidth, WIDEST);
        }
        String format = indent + "%-" + idWidth + "s  %-" + workWidth + "s  ";
        for (Step step : run.plan().definition().steps().values()) {
            StepState state = run.step(step.id());
            String begin = String.format(Locale.ROOT, format, step.id(), Works.of(step));
            lines.add((begin + state(run, Place.of(step.id()), state)).stripTrailing());
            elements(followed, step, state, indent + "  ");
            child(followed, Place.of(step.id()), indent + "  ");
        }
    }

    /** Those that are under way or have failed; the others are only counted. */
    private void elements(Followed followed, Step step, StepState state, String indent) {
        int left = 0;
        int shown = 0;
        for (int i = 0; i < state.elements().size(); i++) {
            Task element = state.elements().get(i);
            if (!element.status().open() && element.status() != StepStatus.FAILED) {
                continue;
            }
            if (shown == MOST_ELEMENTS) {
                left++;
                continue;
            }
            shown++;
            Place place = new Place(step.id(), i);
            lines.add(indent + "#" + i + "  " + state(followed.run(), place, element));
            child(followed, place, indent + "  ");
        }
        if (left > 0) {
            lines.add(indent + "and " + left + " more");
        }
    }

    private void child(Followed followed, Place place, String indent) {
        Entry asked = followed.asked(place);
        if (asked == null || !(asked.event() instanceof Event.Called called)) {
            return;
        }
        Followed child = runs.find(called.child().runId());
        if (child != null && child.started()) {
            lines.add(indent + StatusText.line(child, now));
            add(child, indent + "  ");
        }
    }

    private String state(Run run, Place place, Task task) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-9s", Summary.word(task.status())));
        if (task.startedAt() != 0) {
            long end = task.endedAt() == 0 ? now : task.endedAt();
            text.append("  ").append(Elapsed.text(end - task.startedAt()));
        }
        if (task instanceof StepState step && step.given()) {
            text.append("  given");
        }
        if (task.attempt() > 1) {
            text.append(", attempt ").append(task.attempt());
        }
        if (task instanceof StepState step && !step.elements().isEmpty()) {
            text.append(", ")
                    .append(step.done())
                    .append(" of ")
                    .append(step.elements().size())
                    .append(" done");
        }
        if (task.status() == StepStatus.RETRYING) {
            text.append(", again in ").append(Elapsed.text(task.until() - now));
        } else if (task.status() == StepStatus.WAITING) {
            text.append(", at most ").append(Elapsed.text(task.until() - now)).append(" more");
            String title = task instanceof StepState step ? step.title() : null;
            text.append(title == null ? "" : ": " + Clip.line(title));
        }
        if (place.step().equals(run.undoing())) {
            text.append(", is being undone");
        }
        RunError error = task.error();
        return error == null ? text.toString() : text + ": " + EventText.error(error);
    }
}
