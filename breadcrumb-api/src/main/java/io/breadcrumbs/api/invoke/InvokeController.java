package io.breadcrumbs.api.invoke;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Starts runs, waits for them, and streams what becomes of them. */
@Controller("/api/invoke")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class InvokeController {

    private static final int WAIT_SECONDS = 60;
    private static final int MOST_WAIT_SECONDS = 600;

    private final Behind behind;
    private final OpenStreams permits;

    InvokeController(Behind behind, OpenStreams permits) {
        this.behind = behind;
        this.permits = permits;
    }

    /** Starts a run; answers when that is durable. */
    @Post("/async")
    @Needs(Role.EMITTER)
    @Does(
            value = "Starts a run; answers when that is durable.",
            takes = "Start",
            answer = "Started",
            problems = {409})
    HttpResponse<byte[]> start(HttpRequest<?> request, @Body @Nullable String body) {
        String runId = behind.get(RunDesk.class).start(Caller.of(request), body);
        return Json.ok(JsonObject.builder()
                        .put("threadId", runId)
                        .put("status", "started")
                        .build())
                .header("Location", statusOf(runId));
    }

    /** Starts a run, and answers when it is over; where that takes too long, with its id. */
    @Post
    @Needs(Role.EMITTER)
    @Does(
            value = "Starts a run, and answers when it is over; where that takes too long, with its id.",
            takes = "Start",
            parameters = "wait",
            answer = "RunStatus",
            status = {200, 202},
            problems = {409, 422})
    HttpResponse<byte[]> invoke(HttpRequest<?> request, @Body @Nullable String body) {
        int wait = Parameters.of(request).number("wait", 0, MOST_WAIT_SECONDS, WAIT_SECONDS);
        RunDesk desk = behind.get(RunDesk.class);
        Caller caller = Caller.of(request);
        String runId = desk.start(caller, body);
        boolean over = desk.awaitEnd(desk.line(caller, runId), Duration.ofSeconds(wait));
        JsonObject status = desk.status(caller, runId);
        if (!over) {
            return Json.answer(HttpStatus.ACCEPTED, status).header("Location", statusOf(runId));
        }
        String word = status.get("status") instanceof JsonString(String text) ? text : "";
        return switch (word) {
            case "completed", "partial" -> Json.ok(status);
            default -> throw new ProblemException(badly(runId, word, status));
        };
    }

    private static Problem badly(String runId, String word, JsonObject status) {
        io.breadcrumbs.sdk.workflow.json.Json message =
                status.get("error") instanceof JsonObject error ? error.get("message") : null;
        String why = message instanceof JsonString(String text) ? ": " + text : "";
        return Problem.of(ProblemCode.RUN_ENDED_BADLY, "run " + runId + " ended as " + word + why)
                .with("threadId", TextNode.valueOf(runId))
                .with("run", Bodies.parsed(status.toString()));
    }

    private static String statusOf(String runId) {
        return "/api/invoke-status/status/" + URLEncoder.encode(runId, StandardCharsets.UTF_8);
    }

    /**
     * What became of a run, and what becomes of it, as server-sent events. Who has seen the end is told by 204 not to
     * come back.
     */
    @Get(value = "/stream/{threadId}", produces = MediaType.TEXT_EVENT_STREAM)
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "What became of a run, and what becomes of it, as server-sent events.",
            parameters = {"Last-Event-ID", "lastEventId"},
            answer = "Events",
            status = {200, 204})
    HttpResponse<Publisher<byte[]>> stream(HttpRequest<?> request, String threadId) {
        RunDesk desk = behind.get(RunDesk.class);
        Caller caller = Caller.of(request);
        RunLine line = desk.line(caller, threadId);
        long from = seen(request) + 1;
        if (!desk.hasHad(line, from)) {
            throw Bodies.wrong(
                    "Last-Event-ID",
                    "expected the id of an event of run " + threadId + ", which has had " + line.events() + ", got "
                            + (from - 1));
        }
        if (from > 0 && desk.isToldOut(line, from)) {
            return HttpResponse.noContent();
        }
        return behind.get(Viewers.class).open(permits.open(caller), () -> desk.source(line, from));
    }

    /** The last event that a viewer has seen; -1: none. */
    private static long seen(HttpRequest<?> request) {
        String header = request.getHeaders().get("Last-Event-ID");
        String said = header == null ? request.getParameters().get("lastEventId") : header;
        if (said == null || said.isBlank()) {
            return -1;
        }
        if (!said.strip().matches("\\d{1,9}")) {
            throw Bodies.wrong("Last-Event-ID", "expected the id of an event of this stream, got " + said);
        }
        return Long.parseLong(said.strip());
    }
}
