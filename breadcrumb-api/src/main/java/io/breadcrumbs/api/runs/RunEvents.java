package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.stream.Frame;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The events of a run as its viewers know them, made of its decisions from the first one on. One thread. */
final class RunEvents {

    private final String runId;
    private final Followed run;
    private final BooleanSupplier rejected;
    private long sequence;
    private int refusals;
    private @Nullable String failedStep;
    private @Nullable String lastStep;

    /**
     * @param plans the plans of definitions
     * @param rejected whether its start was rejected, and it has not begun since
     */
    RunEvents(String runId, Function<String, Plan> plans, BooleanSupplier rejected) {
        this.runId = runId;
        this.rejected = rejected;
        run = new Followed(runId, plans);
    }

    /** The number of the next event. */
    long sequence() {
        return sequence;
    }

    /** The frames of the next decision's events; of those before {@code from} it only takes note. */
    List<byte[]> frames(Journal.Batch batch, long from) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < batch.entries().size(); i++) {
            long number = batch.sequence() + i;
            if (number < sequence) {
                continue;
            }
            Entry entry = batch.entries().get(i);
            note(entry.event());
            run.take(entry);
            Told told = number < from ? null : told(entry.event());
            if (told != null) {
                JsonObject data = told.data()
                        .put("threadId", runId)
                        .put("at", Instant.ofEpochMilli(entry.atMs()).toString())
                        .build();
                frames.add(Frame.event(told.name(), Long.toString(number), data));
            }
            sequence = number + 1;
        }
        return frames;
    }

    private record Told(String name, JsonObject.Builder data) {

        Told with(String field, @Nullable String value) {
            return new Told(name, data.putIfPresent(field, value));
        }

        Told with(String field, @Nullable Json value) {
            return new Told(name, data.putIfPresent(field, value));
        }
    }

    /** Which step a failure is blamed on, and how often something was refused. */
    private void note(Event event) {
        switch (event) {
            case Event.Asked asked -> lastStep = asked.at().step();
            case Event.Called called -> lastStep = called.at().step();
            case Event.Waits waits -> lastStep = waits.step();
            case Event.Failed failed -> {
                String step = failed.at().step();
                boolean counts = failed.at().whole()
                        && run.run().plan().step(run.run().plan().number(step)).onFailure() != Step.OnFailure.IGNORE;
                failedStep = counts ? step : failedStep;
            }
            case Event.Started _, Event.Retried _ -> failedStep = null;
            case Event.Rejected _ -> refusals++;
            default -> {}
        }
    }

    private @Nullable Told told(Event event) {
        return switch (event) {
            case Event.Asked(Place at, int attempt, Event.Request request) ->
                started(at, attempt).with("tool", request.tool());
            case Event.Called(Place at, int attempt, Event.Child child) ->
                started(at, attempt).with("run", child.runId());
            case Event.Opened(String step, var _) -> started(Place.of(step), 1);
            case Event.Waits waits -> waiting(waits);
            case Event.Branched(String step, int _) -> started(Place.of(step), 1);
            case Event.Completed(Place at, int attempt, var _, var _) ->
                ended(at, "step_complete", "completed", attempt);
            case Event.AttemptFailed(Place at, int attempt, RunError error, long retryAt) ->
                failed(at, attempt, error, true)
                        .with("retryAt", Instant.ofEpochMilli(retryAt).toString());
            case Event.Failed(Place at, int attempt, RunError error, var _) -> failed(at, attempt, error, false);
            case Event.Skipped(String step) -> of("step_skipped", Place.of(step));
            case Event.Blocked(String step) -> of("step_blocked", Place.of(step));
            case Event.Undoing(String step, Event.Request request) ->
                of("step_undoing", Place.of(step)).with("tool", request.tool());
            case Event.Undone(String step, RunError error) ->
                of("step_undone", Place.of(step)).with("error", StatusJson.error(error));
            case Event.Paused(String by) -> whole("workflow_paused").with("by", by);
            case Event.Resumed(String by) -> whole("workflow_resumed").with("by", by);
            case Event.Retried retried -> whole("workflow_retried").with("by", retried.by());
            case Event.Ended ended -> over(ended);
            case Event.Rejected no -> refused(no);
            default -> null;
        };
    }

    /** A run that there will never be ends with the first word about it; a command that made no sense ends nothing. */
    private @Nullable Told refused(Event.Rejected no) {
        return refusals > 1 || run.started() || !rejected.getAsBoolean()
                ? null
                : whole("workflow_failed").with("error", StatusJson.error(RunError.invalid(no.code(), no.message())));
    }

    private Told over(Event.Ended ended) {
        return ended.status() == RunStatus.FAILED
                ? whole("workflow_failed")
                        .with("lastStep", failedStep == null ? lastStep : failedStep)
                        .with("error", StatusJson.error(ended.error()))
                : whole("workflow_complete")
                        .with("status", Summary.word(ended.status()))
                        .with(
                                "result",
                                ended.output() == null ? null : ended.output().json())
                        .with("error", StatusJson.error(ended.error()));
    }

    /** What happens to an element of a list is no start or end of its step. */
    private Told started(Place at, int attempt) {
        Told told = of(at.whole() ? "step_start" : "step_progress", at);
        told.data().put("sessionId", RunShapes.session(run, at)).put("attempt", attempt);
        return at.whole() ? told : told.with("status", "running");
    }

    private Told ended(Place at, String name, String status, int attempt) {
        Told told = of(at.whole() ? name : "step_progress", at);
        told.data().put("sessionId", RunShapes.session(run, at)).put("attempt", attempt);
        return at.whole() ? told : told.with("status", status);
    }

    private Told failed(Place at, int attempt, RunError error, boolean again) {
        Told told = ended(at, "step_failed", "failed", attempt);
        told.data().put("retry", again);
        return told.with("error", StatusJson.error(error));
    }

    private Told waiting(Event.Waits waits) {
        Told told = started(Place.of(waits.step()), 1).with("title", waits.title());
        told.data().put("until", Instant.ofEpochMilli(waits.until()).toString());
        return told;
    }

    private static Told of(String name, Place at) {
        JsonObject.Builder data = JsonObject.builder().put("stepId", at.step());
        return new Told(name, at.whole() ? data : data.put("item", at.item()));
    }

    private static Told whole(String name) {
        return new Told(name, JsonObject.builder());
    }
}
