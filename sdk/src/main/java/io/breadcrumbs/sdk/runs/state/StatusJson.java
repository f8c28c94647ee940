package io.breadcrumbs.sdk.runs.state;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run stands, for programs. */
public final class StatusJson {

    private StatusJson() {}

    public static JsonObject of(Followed followed) {
        Run run = followed.run();
        JsonObject.Builder json = JsonObject.builder()
                .put("run", run.id())
                .putIfPresent("name", run.origin().name())
                .put("status", Summary.word(run.status()))
                .put("stopping", run.stopping() != null)
                .putIfPresent("by", run.origin().by())
                .putIfPresent("parent", parent(run))
                .putIfPresent("fork", fork(run))
                .putIfPresent("startedAt", time(run.startedAt()))
                .putIfPresent("endedAt", time(run.endedAt()))
                .putIfPresent("deadline", run.deadline() == null ? null : time(run.deadline()))
                .put("events", run.sequence())
                .put("input", run.input().json())
                .putIfPresent("output", json(run.output()))
                .putIfPresent("error", error(run.error()))
                .putIfPresent("unreadable", followed.unreadable());
        List<Json> steps = new ArrayList<>();
        if (run.exists()) {
            for (Step step : run.plan().definition().steps().values()) {
                steps.add(step(followed, step));
            }
        }
        return json.put("steps", new JsonArray(steps)).build();
    }

    private static JsonObject step(Followed followed, Step step) {
        StepState state = followed.run().step(step.id());
        JsonObject.Builder json = JsonObject.builder().put("id", step.id()).put("does", Works.of(step));
        task(json, followed, Place.of(step.id()), state);
        json.putIfPresent("title", state.title())
                .putIfPresent("about", state.status() == StepStatus.WAITING ? json(state.about()) : null);
        json.putIfPresent("given", state.given() ? Json.of(true) : null);
        List<Json> elements = new ArrayList<>();
        for (int i = 0; i < state.elements().size(); i++) {
            JsonObject.Builder element = JsonObject.builder();
            task(element, followed, new Place(step.id(), i), state.elements().get(i));
            elements.add(element.build());
        }
        return json.putIfPresent("elements", elements.isEmpty() ? null : new JsonArray(elements))
                .build();
    }

    private static void task(JsonObject.Builder json, Followed followed, Place place, Task task) {
        Entry asked = followed.asked(place);
        json.put("status", Summary.word(task.status()))
                .put("attempt", task.attempt())
                .putIfPresent("startedAt", time(task.startedAt()))
                .putIfPresent("endedAt", time(task.endedAt()))
                .putIfPresent("until", task.status().open() ? time(task.until()) : null)
                .putIfPresent("requestId", task.requestId())
                .putIfPresent(
                        "childRun",
                        asked != null && asked.event() instanceof Event.Called called
                                ? called.child().runId()
                                : null)
                .putIfPresent("output", json(task.output()))
                .putIfPresent("error", error(task.error()));
    }

    private static @Nullable String parent(Run run) {
        Event.Parent parent = run.origin().parent();
        return parent == null ? null : parent.runId();
    }

    private static @Nullable Json fork(Run run) {
        Event.Fork fork = run.origin().fork();
        return fork == null
                ? null
                : JsonObject.builder()
                        .put("run", fork.runId())
                        .put("step", fork.step())
                        .putIfPresent("input", json(fork.input()))
                        .build();
    }

    /** A moment as callers see it; null: there was none. */
    public static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** As JSON; null: there is none. */
    public static @Nullable Json json(@Nullable Value value) {
        return value == null ? null : value.json();
    }

    /** An error as callers see it; null: there is none. */
    public static @Nullable Json error(@Nullable RunError error) {
        return error == null ? null : error.json();
    }
}
