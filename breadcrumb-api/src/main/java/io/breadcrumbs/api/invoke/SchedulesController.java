package io.breadcrumbs.api.invoke;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.runs.ScheduleDesk;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules, which start stored workflows by the clock. */
@Controller("/api/schedules")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class SchedulesController {

    private final Behind behind;

    SchedulesController(Behind behind) {
        this.behind = behind;
    }

    /** With their next times and their last runs. */
    @Get
    @Needs(Role.SUBSCRIBER)
    @Does(value = "The schedules, with their next times and their last runs.", answer = "Schedules")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        return Json.ok(JsonObject.builder()
                .put("items", new JsonArray(List.copyOf(desk().all(Caller.of(request)))))
                .build());
    }

    @Get("/{name}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "A schedule, with its next time and its last run.", answer = "Schedule")
    HttpResponse<byte[]> one(HttpRequest<?> request, String name) {
        return Json.ok(desk().find(Caller.of(request), name));
    }

    /** Stores a schedule under a name, instead of the one that was there. */
    @Put("/{name}")
    @Needs(Role.CURATOR)
    @Does(
            value = "Stores a schedule under a name, instead of the one that was there.",
            takes = "ScheduleWritten",
            answer = "ScheduleChanged")
    HttpResponse<byte[]> save(HttpRequest<?> request, String name, @Body @Nullable String body) {
        desk().save(Caller.of(request), name, body);
        return Json.ok(said(name, "saved"));
    }

    @Post("/{name}/pause")
    @Consumes("*/*")
    @Needs(Role.CURATOR)
    @Does(value = "Lets a schedule start nothing until it is resumed.", answer = "ScheduleChanged")
    HttpResponse<byte[]> pause(HttpRequest<?> request, String name) {
        desk().pause(Caller.of(request), name, true);
        return Json.ok(said(name, "paused"));
    }

    @Post("/{name}/resume")
    @Consumes("*/*")
    @Needs(Role.CURATOR)
    @Does(value = "Lets a paused schedule go on; what was due meanwhile does not count.", answer = "ScheduleChanged")
    HttpResponse<byte[]> resume(HttpRequest<?> request, String name) {
        desk().pause(Caller.of(request), name, false);
        return Json.ok(said(name, "resumed"));
    }

    @Delete("/{name}")
    @Consumes("*/*")
    @Needs(Role.CURATOR)
    @Does(value = "Ends a schedule; its runs stay.", answer = "ScheduleChanged")
    HttpResponse<byte[]> delete(HttpRequest<?> request, String name) {
        desk().delete(Caller.of(request), name);
        return Json.ok(said(name, "deleted"));
    }

    private ScheduleDesk desk() {
        return behind.get(ScheduleDesk.class);
    }

    private static JsonObject said(String name, String status) {
        return JsonObject.builder().put("name", name).put("status", status).build();
    }
}
