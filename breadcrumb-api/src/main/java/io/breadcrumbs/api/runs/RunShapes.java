package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs as callers see them. */
public final class RunShapes {

    private RunShapes() {}

    /** The newest runs of the caller's workspace that stand so; no status: all. */
    public static JsonArray newest(RunDesk desk, Caller caller, Set<String> statuses, int limit) {
        RunFilter filter = new RunFilter(statuses, null, null, null, Long.MIN_VALUE, Long.MAX_VALUE);
        return new JsonArray(List.copyOf(desk.page(caller, filter, null, limit).stream()
                .map(RunShapes::line)
                .toList()));
    }

    /** A run's events from one of them on, with all that the journal has of each, and the number of the next one. */
    public static JsonObject history(RunDesk desk, RunLine line, int from, int limit) {
        List<Json> events = new ArrayList<>();
        desk.history(line, from, limit)
                .forEach(one -> HistoryFile.lines(one).stream()
                        .skip(Math.max(0, from - one.batch().sequence()))
                        .forEach(events::add));
        List<Json> page = events.subList(0, Math.min(limit, events.size()));
        long next = (long) from + page.size();
        JsonObject.Builder json = JsonObject.builder().put("items", new JsonArray(List.copyOf(page)));
        return next < line.events()
                ? json.put("next", next).build()
                : json.put("next", Json.nothing()).build();
    }

    /** A run in a list. */
    public static JsonObject line(RunLine run) {
        Summary summary = run.summary();
        return JsonObject.builder()
                .put("threadId", run.runId())
                .putIfPresent("name", summary.name())
                .put("status", summary.status())
                .putIfPresent("by", summary.by())
                .putIfPresent("startedAt", StatusJson.time(summary.startedAt()))
                .putIfPresent("endedAt", StatusJson.time(summary.endedAt()))
                .putIfPresent("parent", run.parent())
                .put("depth", summary.depth())
                .build();
    }

    /** How a run stands, with its steps. */
    static JsonObject status(RunLine line, Followed followed) {
        Run run = followed.run();
        boolean begun = followed.started();
        List<Json> steps = new ArrayList<>();
        JsonObject.Builder sessions = JsonObject.builder();
        List<Json> open = new ArrayList<>();
        if (run.exists()) {
            for (Step step : run.plan().definition().steps().values()) {
                StepState state = run.step(step.id());
                steps.add(step(followed, step.id(), state));
                if (state.startedAt() != 0) {
                    sessions.put(step.id(), session(followed, Place.of(step.id())));
                }
                if (state.status().open()) {
                    open.add(Json.of(step.id()));
                }
            }
        }
        Event.Rejected rejected = line.rejected();
        JsonObject.Builder json = JsonObject.builder()
                .put("threadId", line.runId())
                .putIfPresent("name", line.summary().name())
                .put(
                        "status",
                        begun ? Summary.word(run.status()) : line.summary().status())
                .putIfPresent("currentStep", currentStep(run))
                .put("currentSteps", new JsonArray(open))
                .putIfPresent("startedAt", StatusJson.time(line.summary().startedAt()))
                .putIfPresent("endedAt", StatusJson.time(run.endedAt()))
                .put("events", run.sequence())
                .put("steps", new JsonArray(steps))
                .put("sessionIds", sessions.build())
                .putIfPresent("result", StatusJson.json(run.output()));
        if (begun || rejected == null) {
            return json.putIfPresent("error", StatusJson.error(run.error())).build();
        }
        return json.putIfPresent("error", StatusJson.error(RunError.invalid(rejected.code(), rejected.message())))
                .build();
    }

    /**
     * The step at which the run is: the last that began and is open; of one that failed, the step that it failed at.
     */
    static @Nullable String currentStep(Run run) {
        if (!run.exists()) {
            return null;
        }
        List<String> all = new ArrayList<>(run.plan().definition().steps().keySet());
        Comparator<String> byStart =
                Comparator.comparingLong(step -> run.step(step).startedAt());
        String open = all.stream()
                .filter(step -> run.step(step).status().open())
                .max(byStart)
                .orElse(null);
        return open != null || run.error() == null
                ? open
                : all.stream()
                        .filter(step -> run.step(step).status() == StepStatus.FAILED)
                        .min(Comparator.comparingLong(step -> run.step(step).endedAt()))
                        .or(() -> all.stream()
                                .filter(step -> run.step(step).status() == StepStatus.CANCELLED
                                        && run.step(step).startedAt() != 0)
                                .max(byStart))
                        .orElse(null);
    }

    private static JsonObject step(Followed followed, String id, StepState state) {
        JsonObject.Builder json = JsonObject.builder()
                .put("stepId", id)
                .put("status", Summary.word(state.status()))
                .put("attempts", state.attempt())
                .putIfPresent("startedAt", StatusJson.time(state.startedAt()))
                .putIfPresent("endedAt", StatusJson.time(state.endedAt()))
                .putIfPresent("sessionId", state.startedAt() == 0 ? null : session(followed, Place.of(id)))
                .putIfPresent("waitsUntil", state.status().open() ? StatusJson.time(state.until()) : null)
                .putIfPresent("title", state.title())
                .putIfPresent("error", StatusJson.error(state.error()));
        return state.elements().isEmpty()
                ? json.build()
                : json.put("items", state.elements().size())
                        .put("itemsDone", state.done())
                        .build();
    }

    /** What a step's execution is known by elsewhere: its last request, or the run that it started. */
    static String session(Followed run, Place at) {
        Entry asked = run.asked(at);
        return asked == null
                ? run.run().id() + "/" + at
                : switch (asked.event()) {
                    case Event.Asked event -> event.request().id();
                    case Event.Called event -> event.child().runId();
                    default -> run.run().id() + "/" + at;
                };
    }
}
