package io.breadcrumbs.api.invoke;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.runs.WorkflowDesk;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workflows that are stored under names. */
@Controller("/api/workflows")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class WorkflowsController {

    private final Behind behind;

    WorkflowsController(Behind behind) {
        this.behind = behind;
    }

    /** The newest version of each, without what it says. */
    @Get
    @Needs(Role.SUBSCRIBER)
    @Does(value = "The workflows that are stored, without what they say.", answer = "StoredWorkflows")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        List<JsonObject> all = behind.get(WorkflowDesk.class).all(Caller.of(request)).stream()
                .map(stored -> shape(stored).build())
                .toList();
        return Json.ok(JsonObject.builder()
                .put("items", new JsonArray(List.copyOf(all)))
                .build());
    }

    @Get("/{name}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "A stored workflow.", parameters = "version", answer = "StoredWorkflow")
    HttpResponse<byte[]> one(HttpRequest<?> request, String name) {
        int version = Parameters.of(request).number("version", 1, Integer.MAX_VALUE, 0);
        Stored stored = behind.get(WorkflowDesk.class).find(Caller.of(request), name, version == 0 ? null : version);
        return Json.ok(shape(stored)
                .put("definition", Value.of(stored.definition()).json())
                .build());
    }

    /** Stores a workflow under a name, as its next version. */
    @Put("/{name}")
    @Needs(Role.CURATOR)
    @Does(value = "Stores a workflow under a name, as its next version.", takes = "Workflow", answer = "SavedWorkflow")
    HttpResponse<byte[]> save(HttpRequest<?> request, String name, @Body @Nullable String body) {
        int version = behind.get(WorkflowDesk.class).save(Caller.of(request), name, body);
        return Json.ok(
                JsonObject.builder().put("name", name).put("version", version).build());
    }

    @Delete("/{name}")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value =
                    "Takes a workflow from the shelf; runs that have begun go on. Who has not stored it must be a curator.",
            answer = "DeletedWorkflow")
    HttpResponse<byte[]> delete(HttpRequest<?> request, String name) {
        behind.get(WorkflowDesk.class).delete(Caller.of(request), name);
        return Json.ok(
                JsonObject.builder().put("name", name).put("status", "deleted").build());
    }

    private static JsonObject.Builder shape(Stored stored) {
        return JsonObject.builder()
                .put("name", stored.name())
                .put("version", stored.version())
                .putIfPresent("by", stored.by())
                .put("at", Instant.ofEpochMilli(stored.at()).toString());
    }
}
