package io.breadcrumbs.local.runs.view;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Clip;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event in words; the run is as it was before it. */
final class EventText {

    private static final String RUN = "run";

    private final Followed before;
    private final Entry entry;

    /**
     * Where something happened, and what.
     *
     * @param where a step, an element, or the run
     */
    record Words(String where, String what) {}

    private EventText(Followed before, Entry entry) {
        this.before = before;
        this.entry = entry;
    }

    static Words of(Followed before, Entry entry) {
        return new EventText(before, entry).words();
    }

    private Words words() {
        return switch (entry.event()) {
            case Event.Asked(Place at, int attempt, Event.Request request) ->
                at(
                        at,
                        "asks for " + request.tool() + " (pool " + request.pool() + "), attempt " + attempt + ": "
                                + Clip.line(request.input()));
            case Event.Called(Place at, int attempt, Event.Child child) ->
                at(at, "starts run " + child.runId() + ", attempt " + attempt + ": " + Clip.line(child.input()));
            case Event.Opened(String step, Value items) -> in(step, "goes through " + Clip.line(items));
            case Event.Waits waits -> in(waits.step(), waits(waits));
            case Event.Branched(String step, int branch) ->
                in(step, branch < 0 ? "takes no branch" : "takes branch " + (branch + 1));
            case Event.Completed(Place at, int attempt, Value output, String by) ->
                at(at, "completed" + by(by) + after(at, attempt) + (output == null ? "" : ": " + Clip.line(output)));
            case Event.AttemptFailed(Place at, int attempt, RunError error, long retryAt) ->
                at(
                        at,
                        "attempt " + attempt + " failed" + after(at, attempt) + ", the next one comes in "
                                + Elapsed.text(retryAt - entry.atMs()) + ": " + error(error));
            case Event.Failed(Place at, int attempt, RunError error, String by) ->
                at(at, "failed" + by(by) + after(at, attempt) + ": " + error(error));
            case Event.Skipped(String step) -> in(step, "left out");
            case Event.Blocked(String step) -> in(step, "blocked: a step that it needs has failed");
            case Event.Undoing(String step, Event.Request request) ->
                in(step, "is undone by " + request.tool() + ": " + Clip.line(request.input()));
            case Event.Undone(String step, RunError error) ->
                in(step, error == null ? "undone" : "could not be undone: " + error(error));
            default -> new Words(RUN, ofRun());
        };
    }

    private String ofRun() {
        return switch (entry.event()) {
            case Event.Started started -> started(started);
            case Event.Signalled(String name, Value about, Value payload, String by) ->
                "signal " + name + by(by) + (about == null ? "" : " about " + Clip.line(about)) + ": "
                        + Clip.line(payload);
            case Event.Stopping(var end, RunError error, String by) ->
                "is being stopped" + by(by) + " and will be " + Summary.word(end) + ": " + error(error);
            case Event.Paused(String by) -> "paused" + by(by);
            case Event.Resumed(String by) -> "resumed" + by(by);
            case Event.Retried retried -> "retried" + by(retried.by()) + ": goes on where it failed";
            case Event.Rejected no -> "a command was rejected: " + no.code() + ": " + no.message();
            case Event.Ignored(String reason) -> "an input was ignored: " + reason;
            case Event.Ended ended -> ended(ended);
            case Event.Deleted deleted ->
                deleted.by() == null ? "deleted: it was kept long enough" : "deleted" + by(deleted.by());
            default -> throw new IllegalArgumentException("no event of a run: " + entry.event());
        };
    }

    private static String started(Event.Started started) {
        Event.Parent parent = started.origin().parent();
        return "started" + by(started.origin().by())
                + (parent == null || parent.runId() == null ? "" : " for run " + parent.runId())
                + ": " + Clip.line(started.input())
                + forked(started);
    }

    private static String forked(Event.Started started) {
        Event.Fork fork = started.origin().fork();
        if (fork == null) {
            return "";
        }
        Value input = fork.input();
        List<String> given = started.given().stream().map(Event.Given::step).toList();
        return ", forked from run " + fork.runId() + " at step " + fork.step()
                + (input == null ? "" : " with input " + Clip.line(input))
                + (given.isEmpty() ? "" : ", given " + Clip.line(String.join(", ", given)));
    }

    private String ended(Event.Ended ended) {
        Run run = before.run();
        RunError error = ended.error();
        Value output = ended.output();
        return Summary.word(ended.status())
                + " after " + Elapsed.text(entry.atMs() - run.startedAt())
                + (output == null ? "" : ": " + Clip.line(output))
                + (error == null ? "" : ": " + error(error));
    }

    private String waits(Event.Waits waits) {
        Run run = before.run();
        Work work = run.plan().step(waits.step()).work();
        Value about = waits.about();
        String until = ", until " + Instant.ofEpochMilli(waits.until());
        String shown = about == null ? "" : " " + Clip.line(about);
        return switch (work) {
            case Work.Signal signal -> "waits for signal " + signal.name() + shown + until;
            case Work.Approval _ ->
                "waits for a decision" + (waits.title() == null ? "" : ": " + Clip.line(waits.title())) + shown + until;
            default -> "sleeps" + until;
        };
    }

    /** How long the attempt took; empty where nothing was asked for. */
    private String after(Place at, int attempt) {
        Entry asked = before.asked(at);
        int of = asked == null
                ? 0
                : switch (asked.event()) {
                    case Event.Asked event -> event.attempt();
                    case Event.Called event -> event.attempt();
                    default -> 0;
                };
        if (asked != null && of == attempt) {
            return " after " + Elapsed.text(entry.atMs() - asked.atMs());
        }
        long began = before.run().exists() && at.whole()
                ? before.run().step(at.step()).startedAt()
                : 0;
        return began == 0 ? "" : " after " + Elapsed.text(entry.atMs() - began);
    }

    private static Words at(Place at, String what) {
        return new Words(at.toString(), what);
    }

    private static Words in(String step, String what) {
        return new Words(step, what);
    }

    private static String by(@Nullable String by) {
        return by == null ? "" : " by " + Clip.line(by);
    }

    static String error(RunError error) {
        String code = error.code().isEmpty() ? "" : error.code() + ": ";
        return code + Clip.line(error.message());
    }
}
