package io.breadcrumbs.api.invoke;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.RunFilter;
import io.breadcrumbs.api.runs.RunShapes;
import io.breadcrumbs.api.runs.WhyDesk;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs, listed and looked at. */
@Controller("/api/runs")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class RunsController {

    private static final int MOST_A_PAGE = 500;
    private static final int A_PAGE = 50;
    private static final int MOST_WAIT_SECONDS = 60;

    private final Behind behind;

    RunsController(Behind behind) {
        this.behind = behind;
    }

    /** The newest first. */
    @Get
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "The runs of the workspace, the newest first.",
            parameters = {"status", "name", "by", "parent", "started.from", "started.to", "limit", "cursor"},
            answer = "RunLines")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Parameters said = Parameters.of(request);
        RunFilter filter = new RunFilter(
                RunFilter.statuses(said.texts("status")),
                said.text("name"),
                said.text("by"),
                said.text("parent"),
                said.moment("from", Long.MIN_VALUE),
                said.moment("to", Long.MAX_VALUE));
        int limit = said.number("limit", 1, MOST_A_PAGE, A_PAGE);
        List<RunLine> page =
                behind.get(RunDesk.class).page(Caller.of(request), filter, cursor(said.text("cursor")), limit);
        JsonObject.Builder json = JsonObject.builder()
                .put(
                        "items",
                        new JsonArray(
                                List.copyOf(page.stream().map(RunShapes::line).toList())));
        return Json.ok(
                page.size() < limit
                        ? json.put("cursor", io.breadcrumbs.sdk.workflow.json.Json.nothing())
                                .build()
                        : json.put("cursor", cursor(page.getLast().order())).build());
    }

    private static String cursor(RunLine.Order last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.at() + ":" + last.runId()).getBytes(StandardCharsets.UTF_8));
    }

    private static RunLine.@Nullable Order cursor(@Nullable String said) {
        if (said == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(said), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return new RunLine.Order(Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw Bodies.wrong("cursor", "expected the cursor of the page before, got " + said);
        }
    }

    /** All there is to know: definition's steps with inputs, outputs, attempts and elements. */
    @Get("/{id}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "All there is to know about a run.", answer = "Run")
    HttpResponse<byte[]> run(HttpRequest<?> request, String id) {
        RunDesk desk = behind.get(RunDesk.class);
        return Json.ok(StatusJson.of(desk.followed(desk.line(Caller.of(request), id))));
    }

    /**
     * Its events from one of them on, with all that the journal has of each; waits, if asked to, until there is one.
     */
    @Get("/{id}/history")
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "The events of a run.",
            parameters = {"history.from", "limit", "history.wait"},
            answer = "RunHistory")
    HttpResponse<byte[]> history(HttpRequest<?> request, String id) {
        Parameters said = Parameters.of(request);
        int from = said.number("from", 0, Integer.MAX_VALUE, 0);
        int limit = said.number("limit", 1, MOST_A_PAGE, MOST_A_PAGE);
        RunDesk desk = behind.get(RunDesk.class);
        int wait = said.number("wait", 0, MOST_WAIT_SECONDS, 0);
        Caller caller = Caller.of(request);
        RunLine line = desk.line(caller, id);
        if (wait > 0) {
            desk.awaitEvent(line, from, Duration.ofSeconds(wait));
            line = desk.line(caller, id); // it may be deleted meanwhile
        }
        return Json.ok(RunShapes.history(desk, line, from, limit));
    }

    /** Who asks often is told who serves as it was a moment ago. */
    @Get("/{id}/why")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "Why a run does not move, and what would move it, in one sentence.", answer = "RunWhy")
    HttpResponse<byte[]> why(HttpRequest<?> request, String id) {
        return Json.ok(behind.get(WhyDesk.class).why(Caller.of(request), id));
    }
}
