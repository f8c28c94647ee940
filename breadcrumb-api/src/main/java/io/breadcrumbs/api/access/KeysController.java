package io.breadcrumbs.api.access;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.sdk.access.AccessKeys.Made;
import io.breadcrumbs.sdk.access.KeyLine;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of the workspace, for its curators. */
@Controller("/api/keys")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Needs(Role.CURATOR)
final class KeysController {

    private final Behind behind;

    KeysController(Behind behind) {
        this.behind = behind;
    }

    @Get
    @Does(value = "The keys of the workspace, the oldest first; revoked ones too.", answer = "Keys")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Instant now = Instant.now();
        List<JsonObject> all = desk().all(Caller.of(request)).stream()
                .map(key -> shape(key, now))
                .toList();
        return Json.ok(JsonObject.builder()
                .put("items", new JsonArray(List.copyOf(all)))
                .build());
    }

    /** The answer is the only one that has the key. */
    @Post
    @Does(
            value = "Makes a key of the workspace; only this answer has it.",
            body = KeyOrder.Body.class,
            answer = "KeyMade",
            status = 201,
            problems = 409)
    HttpResponse<byte[]> create(HttpRequest<?> request, @Body @Nullable String body) {
        KeyOrder order = KeyOrder.read(body);
        Caller caller = Caller.of(request);
        Made made = desk().make(caller, order);
        return Json.answer(
                HttpStatus.CREATED,
                JsonObject.builder()
                        .put("id", made.id())
                        .put("key", made.key())
                        .put("name", order.name())
                        .put("workspace", caller.workspace())
                        .put("roles", roles(order.roles()))
                        .build());
    }

    @Delete("/{id}")
    @Consumes("*/*")
    @Does(value = "Revokes a key, for good and at once.", answer = "KeyRevoked")
    HttpResponse<byte[]> revoke(HttpRequest<?> request, String id) {
        desk().revoke(Caller.of(request), id);
        return Json.ok(
                JsonObject.builder().put("id", id).put("status", "revoked").build());
    }

    private KeyDesk desk() {
        return behind.get(KeyDesk.class);
    }

    private static JsonObject shape(KeyLine key, Instant now) {
        return JsonObject.builder()
                .put("id", key.id())
                .put("name", key.name())
                .put("workspace", key.workspace())
                .put("roles", roles(key.roles()))
                .put("madeAt", key.madeAt().toString())
                .putIfPresent("expiresAt", text(key.expiresAt()))
                .putIfPresent("revokedAt", text(key.revokedAt()))
                .put("state", key.revokedAt() != null ? "revoked" : key.isExpired(now) ? "expired" : "valid")
                .build();
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static JsonArray roles(List<String> roles) {
        return new JsonArray(List.copyOf(roles.stream().map(JsonString::new).toList()));
    }
}
