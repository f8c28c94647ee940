package io.breadcrumbs.sdk.runs.why;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** One sentence that says why a run does not move, and what would move it. A function of facts. */
public final class Why {

    private final Facts facts;

    private Why(Facts facts) {
        this.facts = facts;
    }

    public static String of(Facts facts) {
        return new Why(facts).sentence();
    }

    private String sentence() {
        Followed run = facts.run();
        String unreadable = run.unreadable();
        if (unreadable != null) { // nor does it know then what is decided, and how the run stands
            return orNobody(name(run) + " cannot be read any further by this process (" + unreadable
                    + "); update it, and the workflow-engine");
        }
        Facts.Undecided undecided = facts.undecided();
        if (undecided != null) {
            return name(run) + " waits for a decision about its " + undecided.what() + ", asked for "
                    + ago(undecided.at()) + "; " + engines();
        }
        if (run.run().status().over()) {
            return over(run);
        }
        Event.Rejected no = run.rejected();
        if (!run.started() && no != null) {
            return name(run) + " was never started: " + no.message() + "; start it again, under another id";
        }
        return orNobody(going(run));
    }

    private String orNobody(String why) {
        return facts.serving().engines() == 0 ? why + "; but " + engines() : why;
    }

    private String engines() {
        int engines = facts.serving().engines();
        if (engines == 0) {
            return "no workflow-engine acts: start one, with './crumb up'";
        }
        return (engines == 1 ? "1 workflow-engine acts" : engines + " workflow-engines act")
                + ": it takes over, or is behind";
    }

    // ------------------------------------------------------------------ a run that is over

    private String over(Followed followed) {
        Run run = followed.run();
        RunError error = run.error();
        String ended = name(followed) + " is over: it was " + past(run.status()) + " " + ago(run.endedAt());
        String why = error == null ? "" : ": " + error.message();
        if (run.status() == RunStatus.COMPLETED) {
            return ended + "; nothing is left to be done";
        }
        String next = run.undone()
                ? "steps of it have been undone: start a new run"
                : "'./crumb run retry " + run.id() + "' goes on where that happened";
        return ended + why + "; " + (run.exists() ? next : "start a new run");
    }

    private static String past(RunStatus status) {
        return switch (status) {
            case COMPLETED -> "completed";
            case PARTIAL -> "completed in part, and failed";
            case FAILED -> "stopped by a failure";
            case CANCELLED -> "cancelled";
            case RUNNING, PAUSED -> Summary.word(status);
        };
    }

    // ------------------------------------------------------------------ a run that is not

    private String going(Followed followed) {
        Run run = followed.run();
        Event.Stopping stopping = run.stopping();
        if (stopping != null) {
            return stopping(followed, stopping);
        }
        Waits waits = new Waits(facts, followed);
        if (run.status() == RunStatus.PAUSED) {
            return paused(followed, waits.first());
        }
        String first = waits.first();
        if (first != null) {
            return first + waits.others();
        }
        return name(followed) + " waits for nobody: its next steps are about to begin; its last event was "
                + ago(run.at());
    }

    private String stopping(Followed followed, Event.Stopping stopping) {
        Run run = followed.run();
        String begin = name(followed) + " is being stopped (" + stopping.error().message() + "), and ";
        Entry undoing = followed.undoing();
        if (run.undoing() == null || undoing == null || !(undoing.event() instanceof Event.Undoing event)) {
            return begin + "ends as soon as the engine goes on; its last event was " + ago(run.at());
        }
        return begin + "waits for "
                + new Waits(facts, followed).request(event.request(), undoing.atMs(), "to undo step " + event.step());
    }

    private String paused(Followed followed, @Nullable String running) {
        Run run = followed.run();
        Entry paused = followed.paused();
        String by =
                paused != null && paused.event() instanceof Event.Paused(String who) && who != null ? " by " + who : "";
        String since = paused == null ? "" : ", paused " + ago(paused.atMs()) + by;
        return name(followed) + " is paused" + since + "; './crumb run resume " + run.id() + "' lets it go on"
                + (running == null ? "" : ", and meanwhile " + running);
    }

    private String name(Followed followed) {
        return "run " + followed.run().id();
    }

    private String ago(long at) {
        return Elapsed.text(facts.now() - at) + " ago";
    }
}
