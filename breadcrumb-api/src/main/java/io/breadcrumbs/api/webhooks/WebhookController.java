package io.breadcrumbs.api.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.rest.Shapes;
import io.breadcrumbs.schemas.WebhookDelivery;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Subscriptions to events that are posted, and what came of the posts. */
@Controller("/api/webhooks")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Needs(Role.SUBSCRIBER)
final class WebhookController {

    private final Behind behind;

    WebhookController(Behind behind) {
        this.behind = behind;
    }

    /** The answer is the only one that has the signing secret. */
    @Post
    @Does(
            value = "Subscribes to events, which are posted; only this answer has the signing secret.",
            body = Webhooks.Wanted.class,
            answer = "Webhook",
            status = 201)
    HttpResponse<byte[]> create(HttpRequest<?> request, @Body @Nullable String body) {
        Webhooks.Wanted wanted = Bodies.read(body, Webhooks.Wanted.class);
        ObjectNode created = webhooks().create(Caller.of(request), wanted);
        return Json.answer(HttpStatus.CREATED, created)
                .header("Location", "/api/webhooks/" + created.get("id").asText())
                .header("Cache-Control", "no-store");
    }

    @Get
    @Does(value = "The subscriptions of the workspace.", answer = "Webhooks")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        return Json.ok(Shapes.list(webhooks().list(Caller.of(request)), null));
    }

    @Get("/{id}")
    @Does(value = "A subscription.", answer = "Webhook")
    HttpResponse<byte[]> get(HttpRequest<?> request, String id) {
        return Json.ok(webhooks().get(Caller.of(request), id));
    }

    @Delete("/{id}")
    @Consumes("*/*")
    @Does(value = "Ends a subscription, and what waits for it.", status = 204)
    HttpResponse<byte[]> delete(HttpRequest<?> request, String id) {
        webhooks().delete(Caller.of(request), id);
        return HttpResponse.noContent();
    }

    @Get("/{id}/deliveries")
    @Does(value = "What came of its last posts.", answer = "Deliveries")
    HttpResponse<byte[]> deliveries(HttpRequest<?> request, String id) {
        return Json.ok(Shapes.list(
                webhooks().deliveries(Caller.of(request), id).stream()
                        .map(WebhookController::shape)
                        .toList(),
                null));
    }

    private static ObjectNode shape(WebhookDelivery one) {
        ObjectNode shape = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("delivery", one.getDeliveryId())
                .put("breadcrumb", one.getBreadcrumbId())
                .put("event", one.getEvent().name().toLowerCase(Locale.ROOT))
                .put("version", one.getBreadcrumbVersion())
                .put("outcome", one.getOutcome().name().toLowerCase(Locale.ROOT))
                .put("attempts", one.getAttempts());
        return (one.getStatus() == 0 ? shape : shape.put("status", one.getStatus()))
                .put("message", one.getMessage())
                .put("ended_at", Instant.ofEpochMilli(one.getEndedAtMs()).toString());
    }

    private Webhooks webhooks() {
        return behind.get(Webhooks.class);
    }
}
