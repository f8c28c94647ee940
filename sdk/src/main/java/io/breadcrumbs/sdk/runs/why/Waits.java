package io.breadcrumbs.sdk.runs.why;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Clip;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the open steps of a run wait for. */
final class Waits {

    private static final int MOST_CHARACTERS = 80;

    private final Facts facts;
    private final Run run;
    private final List<Open> open;

    /**
     * Something that is under way.
     *
     * @param asked what was asked for there last; null if nothing was
     */
    record Open(Place place, Task task, @Nullable Entry asked) {

        long since() {
            return asked == null ? task.startedAt() : asked.atMs();
        }
    }

    Waits(Facts facts, Followed followed) {
        this.facts = facts;
        this.run = followed.run();
        open = open(followed);
    }

    /** What is under way in a run, that which has been so for the longest first. */
    static List<Open> open(Followed followed) {
        List<Open> open = new ArrayList<>();
        if (followed.run().exists()) {
            followed.run().plan().definition().steps().keySet().forEach(step -> look(followed, step, open));
            open.sort(Comparator.comparingLong(Open::since));
        }
        return open;
    }

    private static void look(Followed followed, String step, List<Open> open) {
        StepState state = followed.run().step(step);
        boolean elements = false;
        for (int i = 0; i < state.elements().size(); i++) {
            elements |= add(followed, new Place(step, i), state.elements().get(i), open);
        }
        if (!elements) {
            add(followed, Place.of(step), state, open);
        }
    }

    private static boolean add(Followed followed, Place place, Task task, List<Open> open) {
        if (task.status().open()) {
            open.add(new Open(place, task, followed.asked(place)));
        }
        return task.status().open();
    }

    /** What is waited for the longest; null if nothing is. */
    @Nullable
    String first() {
        return open.isEmpty() ? null : of(open.getFirst());
    }

    /** The run that is waited for the longest of all; null if that is none. */
    static @Nullable String longestRun(Followed followed) {
        List<Open> open = open(followed);
        Entry asked = open.isEmpty() ? null : open.getFirst().asked();
        return asked != null && asked.event() instanceof Event.Called event
                ? event.child().runId()
                : null;
    }

    /** How many others there are, for the end of the sentence. */
    String others() {
        int others = open.size() - 1;
        return others < 1
                ? ""
                : "; " + (others == 1 ? "1 other wait is" : others + " other waits are") + " open as well";
    }

    private String of(Open one) {
        return switch (one.task().status()) {
            case RUNNING -> running(one);
            case RETRYING -> retrying(one);
            case WAITING -> waiting(one);
            case PENDING, COMPLETED, FAILED, BLOCKED, SKIPPED, CANCELLED -> name(one.place());
        };
    }

    private static String name(Place place) {
        return "step " + place.step() + (place.whole() ? "" : " (element " + place.item() + ")");
    }

    // ------------------------------------------------------------------ answers

    private String running(Open one) {
        Entry asked = one.asked();
        if (asked != null && asked.event() instanceof Event.Asked event) {
            return name(one.place()) + " waits for " + request(event.request(), asked.atMs(), "");
        }
        if (asked != null && asked.event() instanceof Event.Called event) {
            return name(one.place()) + " waits for " + child(event.child(), asked.atMs());
        }
        return name(one.place()) + " is about to go on with its next elements";
    }

    /** What a request waits for. */
    String request(Event.Request request, long at, String to) {
        String begin = "tool " + request.tool() + " (pool " + request.pool() + ")" + (to.isEmpty() ? "" : " " + to)
                + ", requested " + ago(at) + "; ";
        int runners = facts.serving().runners().getOrDefault(request.pool(), 0);
        if (facts.answered().contains(request.id())) {
            return begin + "the answer is in the log, and the workflow-engine has not yet decided about it";
        }
        if (runners == 0) {
            return begin + "no runner serves pool " + request.pool() + givenUp(request.deadline());
        }
        if (!facts.serving().tools().contains(request.tool())) {
            return begin + "the catalogue has no tool " + request.tool() + givenUp(request.deadline());
        }
        return begin + (runners == 1 ? "1 runner serves" : runners + " runners serve") + " the pool, and its answer"
                + " moves the run" + givenUp(request.deadline());
    }

    private String child(Event.Child child, long at) {
        Followed below = facts.runs().find(child.runId());
        String begin = "run " + child.runId();
        if (below != null && !below.started() && below.rejected() != null) {
            return begin + ", whose start was rejected: " + below.rejected().message() + "; only time moves it"
                    + givenUp(child.deadline());
        }
        if (below == null || !below.started()) {
            return begin + ", asked for " + ago(at) + ", which has not begun";
        }
        if (below.run().status().over()) {
            return begin + ", which is " + Summary.word(below.run().status()) + "; its answer is on its way";
        }
        if (below.run().status() == RunStatus.PAUSED) {
            return begin + ", which is paused; './crumb run resume " + child.runId() + "' lets it go on";
        }
        String why = new Waits(facts, below).first();
        return begin + ", " + (why == null ? "which goes on" : "whose " + why);
    }

    private String givenUp(long deadline) {
        return deadline == 0 ? "" : " (it is given up in " + Elapsed.text(deadline - facts.now()) + ")";
    }

    // ------------------------------------------------------------------ time and people

    private String retrying(Open one) {
        RunError error = one.task().error();
        int attempt = one.task().attempt() - one.task().before();
        int most = run.plan().step(one.place().step()).retry().attempts();
        return name(one.place()) + " has failed (" + (error == null ? "no reason" : error.message())
                + ") and is tried again in " + Elapsed.text(one.task().until() - facts.now()) + ", attempt "
                + (attempt + 1) + " of " + most;
    }

    /** Nothing goes on after that. */
    private static long end(@Nullable Long deadline) {
        return deadline == null ? Long.MAX_VALUE : deadline;
    }

    private String waiting(Open one) {
        Step step = run.plan().step(one.place().step());
        long left = Math.min(one.task().until(), end(run.deadline())) - facts.now();
        Value about = run.step(step.id()).about();
        return name(one.place())
                + switch (step.work()) {
                    case Work.Signal signal ->
                        " waits for signal " + signal.name() + (about == null ? "" : " about " + clip(about))
                                + ", for at most " + Elapsed.text(left) + " more; './crumb run signal " + run.id() + " "
                                + signal.name() + (about == null ? "" : " --about '" + clip(about) + "'")
                                + "' moves it";
                    case Work.Approval _ ->
                        " waits for somebody's decision about \""
                                + Clip.line(String.valueOf(run.step(step.id()).title())) + "\""
                                + (about == null ? "" : ": " + clip(about))
                                + ", for at most " + Elapsed.text(left) + " more; './crumb run approve " + run.id()
                                + " "
                                + step.id() + "' or 'reject' moves it";
                    default ->
                        " sleeps until " + (one.task().until() >= end(run.deadline()) ? "the run is over, at " : "")
                                + Instant.ofEpochMilli(one.task().until()) + ", for " + Elapsed.text(left)
                                + " more; only time moves it";
                };
    }

    private static String clip(Value value) {
        String text = value.toString();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    private String ago(long at) {
        return Elapsed.text(facts.now() - at) + " ago";
    }
}
