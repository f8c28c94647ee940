package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.Task;
import java.util.List;

/** All of a run's state in a line of text: two runs with the same portrait go on in the same way. */
public final class Portrait {

    private Portrait() {}

    public static String of(Run run) {
        StringBuilder text = new StringBuilder(run.id())
                .append(' ')
                .append(run.status())
                .append(" #")
                .append(run.sequence())
                .append(" out ")
                .append(run.output())
                .append(" error ")
                .append(run.error());
        if (!run.exists()) {
            return text.toString();
        }
        text.append(" awaits ")
                .append(run.awaited().stream().sorted().toList())
                .append(" timers ")
                .append(run.timers())
                .append(" signals ")
                .append(run.signals())
                .append(" undo ")
                .append(run.undoing())
                .append(run.nextToUndo())
                .append(" ready ")
                .append(run.readyStep() == null)
                .append(run.readyElement());
        for (String step : run.plan().definition().steps().keySet()) {
            append(text, Place.of(step), run.step(step));
            text.append(run.step(step).given() ? " given" : "")
                    .append(run.step(step).undone() ? " undone" : "")
                    .append(
                            run.step(step).title() == null
                                    ? ""
                                    : " asks " + run.step(step).title());
            List<Task> elements = run.step(step).elements();
            for (int i = 0; i < elements.size(); i++) {
                append(text, new Place(step, i), elements.get(i));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Place place, Task task) {
        text.append("\n  ")
                .append(place)
                .append(' ')
                .append(task.status())
                .append(" attempt ")
                .append(task.attempt())
                .append('-')
                .append(task.before())
                .append(" until ")
                .append(task.until())
                .append(" out ")
                .append(task.output())
                .append(" error ")
                .append(task.error())
                .append(" from ")
                .append(task.startedAt())
                .append(" to ")
                .append(task.endedAt());
    }
}
