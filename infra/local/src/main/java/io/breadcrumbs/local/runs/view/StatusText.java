package io.breadcrumbs.local.runs.view;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Clip;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a run stands, for people. */
public final class StatusText {

    private StatusText() {}

    /** In one line: {@code run sum-1 (sum) is completed after 9 ms}. */
    public static String line(Followed followed, long now) {
        Run run = followed.run();
        String name = run.origin().name();
        return "run " + run.id() + (name == null ? "" : " (" + Clip.line(name) + ")") + " " + state(followed, now);
    }

    private static String state(Followed followed, long now) {
        Run run = followed.run();
        Event.Stopping stopping = run.stopping();
        Entry paused = followed.paused();
        if (run.status().over()) {
            return past(run.status()) + " after " + Elapsed.text(run.endedAt() - run.startedAt());
        }
        String since = ", begun " + Elapsed.text(now - run.startedAt()) + " ago";
        if (stopping != null) {
            return "is being stopped, and will be " + Summary.word(stopping.end()) + since;
        }
        boolean isPaused = run.status() == RunStatus.PAUSED;
        String pause = isPaused && paused != null ? " for " + Elapsed.text(now - paused.atMs()) : "";
        return "is " + Summary.word(run.status()) + pause + since;
    }

    /** A status as the end of a sentence about a run. */
    public static String past(RunStatus status) {
        return switch (status) {
            case FAILED -> "has failed";
            case PARTIAL -> "has failed in part";
            case RUNNING, PAUSED, COMPLETED, CANCELLED -> "is " + Summary.word(status);
        };
    }

    /**
     * In full, with its steps.
     *
     * @param runs finds runs below it
     * @param now milliseconds since 1970
     */
    public static List<String> lines(Followed followed, Followed.Finder runs, long now) {
        Run run = followed.run();
        List<String> lines = new ArrayList<>();
        String by = run.origin().by();
        lines.add(line(followed, now));
        lines.add("started " + Instant.ofEpochMilli(run.startedAt()) + (by == null ? "" : " by " + Clip.line(by))
                + ", input " + Clip.line(run.input()));
        Event.Fork fork = run.origin().fork();
        if (fork != null) {
            Value input = fork.input();
            lines.add("forked from run " + Clip.line(fork.runId()) + " at step " + fork.step()
                    + (input == null ? "" : ", with input " + Clip.line(input)));
        }
        lines.addAll(StepTree.of(followed, runs, now));
        lines.addAll(end(followed));
        return lines;
    }

    /** What it gave, or why it failed. */
    public static List<String> end(Followed followed) {
        Run run = followed.run();
        List<String> lines = new ArrayList<>();
        Value output = run.output();
        RunError error = run.error();
        Event.Stopping stopping = run.stopping();
        if (output != null) {
            lines.add("output " + Clip.line(output));
        }
        if (error != null) {
            lines.add("error " + EventText.error(error));
        } else if (stopping != null) {
            lines.add("error " + EventText.error(stopping.error()));
        }
        String unreadable = followed.unreadable();
        if (unreadable != null) {
            lines.add("this process cannot read on in its journal: " + unreadable);
        }
        return lines;
    }
}
