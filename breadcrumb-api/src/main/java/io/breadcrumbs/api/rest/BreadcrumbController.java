package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One breadcrumb: created, read and changed. */
@Controller("/breadcrumbs")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class BreadcrumbController {

    private static final String KEY = "Idempotency-Key";
    private static final int KEY_CHARS = 256;

    private final Behind behind;

    BreadcrumbController(Behind behind) {
        this.behind = behind;
    }

    @Post
    @Needs(Role.EMITTER)
    @Does(
            value = "Creates a breadcrumb.",
            body = Written.class,
            parameters = "Idempotency-Key",
            answer = "Changed",
            status = 201,
            problems = 409)
    HttpResponse<byte[]> create(HttpRequest<?> request, @Body @Nullable String body) {
        Change change = Bodies.read(body, Written.class).creation();
        Answer.Done done = behind.get(BreadcrumbStore.class).made(Caller.of(request), keyed(request, change));
        String id = URLEncoder.encode(done.id(), StandardCharsets.UTF_8);
        return answered(done, HttpStatus.CREATED)
                .header("Location", URI.create("/breadcrumbs/" + id).toString());
    }

    @Get("/{id}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "A breadcrumb as agents read it.", parameters = "seen", answer = "Breadcrumb")
    HttpResponse<byte[]> context(HttpRequest<?> request, String id) {
        Breadcrumb found = behind.get(BreadcrumbStore.class).get(Caller.of(request), id, seen(request));
        return tagged(Json.ok(Shapes.context(found)), found.getMeta().getVersion());
    }

    @Get("/{id}/full")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "A breadcrumb, all of it.", parameters = "seen", answer = "FullBreadcrumb")
    HttpResponse<byte[]> full(HttpRequest<?> request, String id) {
        Breadcrumb found = behind.get(BreadcrumbStore.class).get(Caller.of(request), id, seen(request));
        return tagged(Json.ok(Shapes.full(found)), found.getMeta().getVersion());
    }

    @Get("/{id}/history")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "The versions of a breadcrumb, the newest first.", parameters = "seen", answer = "BreadcrumbVersions")
    HttpResponse<byte[]> history(HttpRequest<?> request, String id) {
        return Json.ok(Shapes.list(
                behind.get(BreadcrumbStore.class).history(Caller.of(request), id, seen(request)).stream()
                        .map(Shapes::version)
                        .toList(),
                null));
    }

    @Patch("/{id}")
    @Needs(Role.EMITTER)
    @Does(
            value = "Replaces what is given.",
            body = Written.class,
            parameters = {"Idempotency-Key", "If-Match"},
            answer = "Changed",
            problems = {409, 412})
    HttpResponse<byte[]> patch(HttpRequest<?> request, String id, @Body @Nullable String body) {
        return changed(request, Bodies.read(body, Written.class).onto(Change.patch(id)));
    }

    @Post("/{id}/merge")
    @Needs(Role.EMITTER)
    @Does(
            value = "Replaces what is given, and merges the context (RFC 7396).",
            body = Written.class,
            parameters = {"Idempotency-Key", "If-Match"},
            answer = "Changed",
            problems = {409, 412})
    HttpResponse<byte[]> merge(HttpRequest<?> request, String id, @Body @Nullable String body) {
        return changed(request, Bodies.read(body, Written.class).onto(Change.merge(id)));
    }

    @Post("/{id}/tags")
    @Needs(Role.EMITTER)
    @Does(
            value = "Adds and removes tags.",
            body = Written.Tags.class,
            parameters = {"Idempotency-Key", "If-Match"},
            answer = "Changed",
            problems = {409, 412})
    HttpResponse<byte[]> tags(HttpRequest<?> request, String id, @Body @Nullable String body) {
        return changed(request, Bodies.read(body, Written.Tags.class).of(id));
    }

    @Delete("/{id}")
    @Needs(Role.EMITTER)
    @Consumes("*/*")
    @Does(
            value = "Ends a breadcrumb; its history stays.",
            parameters = {"Idempotency-Key", "If-Match"},
            answer = "Changed",
            problems = {409, 412})
    HttpResponse<byte[]> delete(HttpRequest<?> request, String id) {
        return changed(request, Change.delete(id));
    }

    private HttpResponse<byte[]> changed(HttpRequest<?> request, Change change) {
        Integer base = base(request);
        Change against = base == null ? change : change.base(base);
        return answered(
                behind.get(BreadcrumbStore.class).made(Caller.of(request), keyed(request, against)), HttpStatus.OK);
    }

    private static MutableHttpResponse<byte[]> answered(Answer.Done done, HttpStatus status) {
        ObjectNode shape = Shapes.change(done);
        return tagged(Json.answer(status, shape), done.version());
    }

    private static MutableHttpResponse<byte[]> tagged(MutableHttpResponse<byte[]> response, int version) {
        return response.header("ETag", "\"" + version + "\"");
    }

    private static io.breadcrumbs.api.view.Seen seen(HttpRequest<?> request) {
        return Searches.seen(request.getParameters().get("seen"));
    }

    private static Change keyed(HttpRequest<?> request, Change change) {
        String key = request.getHeaders().get(KEY);
        if (key == null) {
            return change;
        }
        if (key.isBlank() || key.length() > KEY_CHARS) {
            throw Bodies.wrong(KEY, "expected 1 to " + KEY_CHARS + " characters, got " + key.length());
        }
        return change.key(key);
    }

    /** The version that a change is made against; null: whatever there is. */
    private static @Nullable Integer base(HttpRequest<?> request) {
        String said = request.getHeaders().get("If-Match");
        if (said == null || said.strip().equals("*")) {
            return null;
        }
        String plain = said.strip().replaceFirst("^\"(.*)\"$", "$1");
        if (!plain.matches("\\d{1,9}")) {
            throw Bodies.wrong("If-Match", "expected a version like \"3\", as the ETag says it, got " + said);
        }
        return Integer.parseInt(plain);
    }
}
