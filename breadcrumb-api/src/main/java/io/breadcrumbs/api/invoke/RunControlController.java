package io.breadcrumbs.api.invoke;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.StartBody;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run can be asked for. Each answers when it has been decided. */
@Controller("/api/runs/{id}")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class RunControlController {

    private final Behind behind;

    RunControlController(Behind behind) {
        this.behind = behind;
    }

    /** @param reason why, for people */
    record Reason(@Nullable String reason) {}

    /**
     * @param about what the signal carries
     * @param payload what the step that takes it gets
     */
    record Signalled(@Nullable JsonNode about, @Nullable JsonNode payload) {}

    /**
     * @param decision approve or reject
     * @param changed what is approved instead of what was shown
     */
    record Approval(@Nullable String decision, @Nullable JsonNode changed) {}

    /**
     * @param step that runs anew
     * @param threadId of the new run; one is made unless given
     * @param workflow the new definition; null: as before
     * @param input of the run; null: as before
     * @param stepInput what the step gets
     */
    record Forking(
            @Nullable String step,
            @Nullable String threadId,
            @Nullable JsonNode workflow,
            @Nullable JsonNode input,
            @JsonProperty("stepInput") @Nullable JsonNode stepInput) {}

    @Post("/cancel")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Cancels a run.",
            body = Reason.class,
            bodyOptional = true,
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> cancel(HttpRequest<?> request, String id, @Body @Nullable String body) {
        Reason why = blank(body) ? new Reason(null) : Bodies.read(body, Reason.class);
        String reason =
                why.reason() == null ? "asked for by " + Caller.of(request).name() : why.reason();
        return asked(request, id, runs -> runs.cancel(id, reason));
    }

    @Post("/pause")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Lets no step of a run begin until it is resumed.",
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> pause(HttpRequest<?> request, String id) {
        return asked(request, id, runs -> runs.pause(id));
    }

    @Post("/resume")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Lets a paused run go on.",
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> resume(HttpRequest<?> request, String id) {
        return asked(request, id, runs -> runs.resume(id));
    }

    @Post("/retry")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Lets a run that failed or was cancelled go on where that happened.",
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> retry(HttpRequest<?> request, String id) {
        return asked(request, id, runs -> runs.retry(id));
    }

    @Post("/signals/{name}")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Signals a run; kept until a step waits for it.",
            body = Signalled.class,
            bodyOptional = true,
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> signal(HttpRequest<?> request, String id, String name, @Body @Nullable String body) {
        Signalled said = blank(body) ? new Signalled(null, null) : Bodies.read(body, Signalled.class);
        String payload = said.payload() == null ? "{}" : said.payload().toString();
        return asked(request, id, runs -> runs.signal(id, name, text(said.about()), payload));
    }

    @Post("/approvals/{step}")
    @Needs(Role.EMITTER)
    @Does(
            value = "Approves or rejects what a step of a run waits for.",
            body = Approval.class,
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> approval(HttpRequest<?> request, String id, String step, @Body @Nullable String body) {
        Approval said = Bodies.read(body, Approval.class);
        return switch (said.decision()) {
            case "approve" -> asked(request, id, runs -> runs.approve(id, step, text(said.changed())));
            case "reject" -> asked(request, id, runs -> runs.reject(id, step));
            case null, default -> throw Bodies.wrong("decision", "expected approve or reject, got " + said.decision());
        };
    }

    /** Deletes a run that is over. */
    @Delete
    @Consumes("*/*")
    @Needs(Role.CURATOR)
    @Does(
            value = "Deletes a run that is over.",
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> delete(HttpRequest<?> request, String id) {
        return answer(id, "deleted", behind.get(RunDesk.class).ask(Caller.of(request), id, runs -> runs.delete(id)));
    }

    /** Starts a run that begins with what this one has done, and goes its own way from a step on. */
    @Post("/fork")
    @Needs(Role.EMITTER)
    @Does(
            value = "Starts a run that begins with what this one has done, and goes its own way from a step on.",
            body = Forking.class,
            answer = "Started",
            problems = 409)
    HttpResponse<byte[]> fork(HttpRequest<?> request, String id, @Body @Nullable String body) {
        Forking said = Bodies.read(body, Forking.class);
        if (said.step() == null) {
            throw Bodies.wrong("step", "expected the id of a step, got none");
        }
        String runId = said.threadId() == null ? UUID.randomUUID().toString() : StartBody.id(said.threadId());
        behind.get(RunDesk.class)
                .fork(
                        Caller.of(request),
                        new Fork(
                                runId,
                                id,
                                said.step(),
                                text(said.workflow()),
                                text(said.input()),
                                text(said.stepInput())));
        return Json.ok(JsonObject.builder()
                .put("threadId", runId)
                .put("status", "started")
                .build());
    }

    private HttpResponse<byte[]> asked(HttpRequest<?> request, String id, RunDesk.Command command) {
        return answer(behind.get(RunDesk.class), Caller.of(request), id, command);
    }

    /** Asks, and says how the run stands then. */
    static HttpResponse<byte[]> answer(RunDesk desk, Caller caller, String id, RunDesk.Command command) {
        RunDesk.Decided decided = desk.ask(caller, id, command);
        return answer(id, desk.line(caller, id).summary().status(), decided);
    }

    private static HttpResponse<byte[]> answer(String id, String status, RunDesk.Decided decided) {
        return Json.answer(
                decided.isSo() ? HttpStatus.OK : HttpStatus.ACCEPTED,
                JsonObject.builder()
                        .put("threadId", id)
                        .put("status", status)
                        .put("decided", decided.isSo())
                        .put("inputId", decided.inputId())
                        .build());
    }

    private static boolean blank(@Nullable String body) {
        return body == null || body.isBlank();
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null || json.isNull() ? null : json.toString();
    }
}
