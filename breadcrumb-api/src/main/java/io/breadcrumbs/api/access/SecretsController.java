package io.breadcrumbs.api.access;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.sdk.secret.SecretLine;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets of the workspace, for its curators. What they are is in no answer. */
@Controller("/api/secrets")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Needs(Role.CURATOR)
final class SecretsController {

    private final Behind behind;

    SecretsController(Behind behind) {
        this.behind = behind;
    }

    @Get
    @Does(value = "The secrets of the workspace, without their values.", answer = "Secrets")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        List<JsonObject> all = desk().all(Caller.of(request)).stream()
                .map(SecretsController::shape)
                .toList();
        return Json.ok(JsonObject.builder()
                .put("items", new JsonArray(List.copyOf(all)))
                .build());
    }

    @Put("/{name}")
    @Does(value = "Gives a secret a value, which nobody is shown.", body = SecretBody.class, answer = "SecretChanged")
    HttpResponse<byte[]> set(HttpRequest<?> request, String name, @Body @Nullable String body) {
        String value = SecretBody.read(body);
        Caller caller = Caller.of(request);
        desk().set(caller, name, value);
        return Json.ok(said(caller, name, "set"));
    }

    @Delete("/{name}")
    @Consumes("*/*")
    @Does(value = "Deletes a secret.", answer = "SecretChanged")
    HttpResponse<byte[]> delete(HttpRequest<?> request, String name) {
        Caller caller = Caller.of(request);
        desk().delete(caller, name);
        return Json.ok(said(caller, name, "deleted"));
    }

    private SecretDesk desk() {
        return behind.get(SecretDesk.class);
    }

    private static JsonObject said(Caller caller, String name, String status) {
        return JsonObject.builder()
                .put("name", name)
                .put("workspace", caller.workspace())
                .put("status", status)
                .build();
    }

    private static JsonObject shape(SecretLine secret) {
        return JsonObject.builder()
                .put("name", secret.name())
                .put("workspace", secret.workspace())
                .put("setAt", secret.setAt().toString())
                .putIfPresent("by", secret.by())
                .put("masterKey", secret.masterKey())
                .build();
    }
}
