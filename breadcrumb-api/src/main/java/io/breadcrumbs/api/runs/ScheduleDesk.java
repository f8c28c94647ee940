package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.schedule.StoredSchedules;
import io.breadcrumbs.sdk.schedule.TickRun;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What callers ask of schedules, in their name and their workspace. Blocks. */
public final class ScheduleDesk {

    private final Time time;
    private final Named stored;
    private final RunView runs;

    public ScheduleDesk(Time time, BreadcrumbStore store, RunView runs) {
        this.time = time;
        this.runs = runs;
        stored = new Named(store, StoredSchedules.SCHEMA);
    }

    /** Those of the caller's workspace, by name, with their next times and their last runs. */
    public List<JsonObject> all(Caller caller) {
        return stored.all(caller).stream()
                .map(StoredSchedules::of)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Schedule::name))
                .map(this::shape)
                .toList();
    }

    public JsonObject find(Caller caller, String name) {
        return shape(there(caller, name));
    }

    private Schedule there(Caller caller, String name) {
        Breadcrumb there = stored.find(caller, StoredSchedules.id(caller.workspace(), name));
        Schedule schedule = there == null ? null : StoredSchedules.of(there);
        if (schedule == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the name of a schedule of workspace " + caller.workspace() + ", got " + name);
        }
        return schedule;
    }

    /** Stores what a body says under a name, instead of what was there. */
    public void save(Caller caller, String name, @Nullable String body) {
        if (!StoredWorkflows.NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "name: expected 1 to 100 letters, digits, '_', '.' or '-', got '" + name + "'");
        }
        JsonObject context = object(body);
        try {
            Schedule.of(caller.workspace(), name, context, time.now());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
        }
        String workspace = caller.workspace();
        stored.put(
                caller,
                StoredSchedules.creation(workspace, name, context),
                StoredSchedules.next(workspace, name, context));
    }

    public void pause(Caller caller, String name, boolean paused) {
        there(caller, name);
        stored.change(caller, StoredSchedules.pause(caller.workspace(), name, paused));
    }

    public void delete(Caller caller, String name) {
        there(caller, name);
        stored.change(caller, Change.delete(StoredSchedules.id(caller.workspace(), name)));
    }

    private static JsonObject object(@Nullable String body) {
        try {
            if (Json.parse(body == null ? "" : body) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new ProblemException(ProblemCode.INVALID, "body: expected JSON: " + e.getMessage());
        }
        throw new ProblemException(ProblemCode.INVALID, "body: expected a JSON object");
    }

    private JsonObject shape(Schedule schedule) {
        String prefix = TickRun.prefix(schedule.workspace(), schedule.name());
        List<RunLine> last =
                runs.page(schedule.workspace(), run -> prefix.equals(TickRun.prefix(run.runId())), null, 1);
        return schedule.json(time.now())
                .putIfPresent("lastRun", last.isEmpty() ? null : RunShapes.line(last.getFirst()))
                .build();
    }
}
