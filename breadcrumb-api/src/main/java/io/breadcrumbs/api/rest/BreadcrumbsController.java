package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.breadcrumbs.api.problem.BusProblems;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.Page;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Many breadcrumbs: listed, looked for, created at once. */
@Controller("/breadcrumbs")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class BreadcrumbsController {

    private static final int BULK_AT_MOST = 500;

    private final Behind behind;

    BreadcrumbsController(Behind behind) {
        this.behind = behind;
    }

    /** By what an address can say; a search can say more. */
    @Get
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "Breadcrumbs, by what an address can say.",
            parameters = {
                "tag",
                "schema_name",
                "q",
                "created_from",
                "created_to",
                "updated_from",
                "updated_to",
                "limit",
                "cursor",
                "full",
                "seen"
            },
            answer = "Breadcrumbs")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        HttpParameters said = request.getParameters();
        boolean full = Parameters.of(request).is("full", "true", "false", false);
        Filter filter = Filter.of(
                        BreadcrumbStore.viewer(Caller.of(request)),
                        Searches.selection(said.getAll("tag"), said.get("schema_name")))
                .created(Searches.span("created", said.get("created_from"), said.get("created_to")))
                .updated(Searches.span("updated", said.get("updated_from"), said.get("updated_to")));
        String words = said.get("q");
        Page page = behind.get(BreadcrumbStore.class)
                .find(
                        words == null ? filter : filter.text(Searches.bounded(words)),
                        Searches.limit(number(said.get("limit"))),
                        said.get("cursor"),
                        Searches.seen(said.get("seen")));
        return Json.ok(Searches.shape(page, full));
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}")) {
            throw Bodies.wrong("limit", "expected a number, got " + text);
        }
        return Integer.parseInt(text);
    }

    @Post("/search")
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "Breadcrumbs, by everything.",
            body = Searches.Search.class,
            parameters = "seen",
            answer = "Breadcrumbs")
    HttpResponse<byte[]> search(HttpRequest<?> request, @Body @Nullable String body) {
        Searches.Search search = Bodies.read(body, Searches.Search.class);
        Seen seen = Searches.seen(request.getParameters().get("seen"));
        return Json.ok(Searches.found(behind.get(BreadcrumbStore.class), search, Caller.of(request), seen));
    }

    /** Creates up to 500, each for itself: what is wrong with one does not keep the others from being made. */
    @Post("/bulk")
    @Needs(Role.EMITTER)
    @Does(value = "Creates up to 500 breadcrumbs, each for itself.", takes = "NewBreadcrumbs", answer = "ChangedEach")
    HttpResponse<byte[]> bulk(HttpRequest<?> request, @Body @Nullable String body) {
        JsonNode all = Bodies.parsed(body);
        if (!all.isArray() || all.isEmpty() || all.size() > BULK_AT_MOST) {
            throw Bodies.wrong(
                    "body",
                    "expected a list of 1 to " + BULK_AT_MOST + " breadcrumbs, got "
                            + (all.isArray() ? all.size() : all.getNodeType()));
        }
        Caller caller = Caller.of(request);
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            answers.add(created(caller, all.get(i), i));
        }
        return Json.ok(Shapes.list(answers.stream().map(CompletableFuture::join).toList(), null));
    }

    private CompletableFuture<JsonNode> created(Caller caller, JsonNode said, int index) {
        Change change;
        try {
            change = keyed(said, index);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(problem(e.problem()));
        }
        return behind.get(BreadcrumbStore.class)
                .ask(caller, change)
                .<JsonNode>thenApply(answer -> switch (answer) {
                    case Answer.Done done ->
                        JsonNodeFactory.instance.objectNode().put("status", 201).setAll(Shapes.change(done));
                    case Answer.Refused refused -> problem(BreadcrumbStore.problem(refused));
                })
                .exceptionally(failure -> problem(BusProblems.of(failure)));
    }

    private static Change keyed(JsonNode said, int index) {
        String place = "[" + index + "]";
        if (!(said instanceof ObjectNode object)) {
            throw Bodies.wrong(place, "expected a JSON object, got " + said.getNodeType());
        }
        ObjectNode rest = object.deepCopy();
        JsonNode key = rest.remove("idempotency_key");
        Change change = Bodies.read(rest, Written.class, place).creation();
        if (key == null) {
            return change;
        }
        if (!key.isTextual() || key.textValue().isBlank()) {
            throw Bodies.wrong(place + ".idempotency_key", "expected a text, got " + key);
        }
        return change.key(key.textValue());
    }

    private static ObjectNode problem(Problem problem) {
        ObjectNode shape = JsonNodeFactory.instance.objectNode().put("status", problem.status());
        shape.set("problem", problem.toJson());
        return shape;
    }
}
