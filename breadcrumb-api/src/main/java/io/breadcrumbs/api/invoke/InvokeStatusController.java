package io.breadcrumbs.api.invoke;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.runs.RunDesk;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** How a run stands, and its end, under the names that agents know. */
@Controller("/api/invoke-status")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class InvokeStatusController {

    private final Behind behind;

    InvokeStatusController(Behind behind) {
        this.behind = behind;
    }

    @Get("/status/{threadId}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "How a run stands.", answer = "RunStatus")
    HttpResponse<byte[]> status(HttpRequest<?> request, String threadId) {
        return Json.ok(behind.get(RunDesk.class).status(Caller.of(request), threadId));
    }

    /** Cancels a run; answers when that is decided. */
    @Post("/abort/{threadId}")
    @Consumes("*/*")
    @Needs(Role.EMITTER)
    @Does(
            value = "Cancels a run; answers when that is decided.",
            answer = "Asked",
            status = {200, 202},
            problems = 409)
    HttpResponse<byte[]> abort(HttpRequest<?> request, String threadId) {
        Caller caller = Caller.of(request);
        return RunControlController.answer(
                behind.get(RunDesk.class),
                caller,
                threadId,
                runs -> runs.cancel(threadId, "asked for by " + caller.name()));
    }
}
