package io.breadcrumbs.api.operate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.operate.Retried;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that could not be handled, and what is done about them. */
@Controller("/api/dead-letters")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Needs(Role.CURATOR)
final class DeadLettersController {

    private static final int MOST_A_PAGE = 500;

    private final Behind behind;

    DeadLettersController(Behind behind) {
        this.behind = behind;
    }

    private LetterDesk desk() {
        return behind.get(LetterDesk.class);
    }

    /** The oldest first, without their bytes. */
    @Get
    @Does(
            value = "The dead letters of the workspace, the oldest first.",
            parameters = {"letters.topic", "limit", "cursor"},
            answer = "DeadLetters")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Parameters said = Parameters.of(request);
        int limit = said.number("limit", 1, MOST_A_PAGE, MOST_A_PAGE);
        return Json.ok(desk().page(Caller.of(request), said.text("topic"), limit, said.text("cursor")));
    }

    @Get("/{id}")
    @Does(value = "A dead letter with key, headers and value.", answer = "DeadLetter")
    HttpResponse<byte[]> letter(HttpRequest<?> request, String id) {
        return Json.ok(desk().get(Caller.of(request), id));
    }

    /** What stays is a problem that says why. */
    @Post("/{id}/retry")
    @Consumes("*/*")
    @Does(
            value = "Publishes the record of a dead letter again, or posts the event of a webhook's; then deletes it.",
            answer = "DeadLetterRetried",
            problems = 409)
    HttpResponse<byte[]> retry(HttpRequest<?> request, String id) {
        ObjectNode done = JsonNodeFactory.instance.objectNode().put("id", id);
        return Json.ok(
                switch (desk().retry(Caller.of(request), id)) {
                    case Retried.Again(String _, String position) -> done.put("position", position);
                    case Retried.Posted(String _, String host) -> done.put("host", host);
                    case Retried.Kept(String _, String reason) -> throw new ProblemException(ProblemCode.STATE, reason);
                    case Retried.Unwritten(String _, String reason) ->
                        throw new ProblemException(ProblemCode.UNAVAILABLE, reason);
                });
    }

    /**
     * Letters that are to be retried.
     *
     * @param ids at most 500
     */
    record Many(@Nullable List<String> ids) {}

    @Post("/retry")
    @Does(
            value =
                    "Retries up to 500 dead letters, for which the log is read once, and says of each that it came to within"
                            + " five seconds what became of it; ask again for the others.",
            body = Many.class,
            answer = "DeadLettersRetried")
    HttpResponse<byte[]> retryMany(HttpRequest<?> request, @Body @Nullable String body) {
        List<String> ids = Bodies.read(body, Many.class).ids();
        Bodies.withoutNulls("ids", ids);
        if (ids == null || ids.isEmpty() || ids.size() > MOST_A_PAGE) {
            throw Bodies.wrong(
                    "ids", "expected 1 to " + MOST_A_PAGE + " of them, got " + (ids == null ? "none" : ids.size()));
        }
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        ArrayNode items = shape.putArray("items");
        desk().retry(Caller.of(request), new LinkedHashSet<>(ids)).forEach(done -> said(done, items.addObject()));
        return Json.ok(shape);
    }

    private static void said(Retried retried, ObjectNode item) {
        item.put("id", retried.id());
        switch (retried) {
            case Retried.Again(String _, String position) -> item.put("position", position);
            case Retried.Posted(String _, String host) -> item.put("host", host);
            case Retried.Kept(String _, String reason) -> item.put("kept", reason);
            case Retried.Unwritten(String _, String reason) -> item.put("unwritten", reason);
        }
    }

    @Delete("/{id}")
    @Consumes("*/*")
    @Does(value = "Deletes a dead letter; its record is not handled.", answer = "DeadLetterDeleted")
    HttpResponse<byte[]> delete(HttpRequest<?> request, String id) {
        desk().delete(Caller.of(request), id);
        return Json.ok(JsonNodeFactory.instance.objectNode().put("id", id).put("status", "deleted"));
    }
}
