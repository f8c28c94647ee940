package io.breadcrumbs.api.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Departure;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemAnswers;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools: what there is, and calling one. */
@Controller("/api/tools")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class ToolsController {

    /** How long a list waits to hear who serves. */
    private static final Duration SAID_WITHIN = Duration.ofSeconds(2);

    private final Behind behind;

    ToolsController(Behind behind) {
        this.behind = behind;
    }

    /** By name; with {@code q} those whose name or description has all of its words. */
    @Get
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "The newest version of each tool, or all.",
            parameters = {"q", "versions", "tools.full"},
            answer = "Tools")
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Parameters said = Parameters.of(request);
        List<String> words = words(said.text("q"));
        boolean all = said.is("versions", "all", "newest", false);
        boolean full = said.is("full", "true", "false", false);
        ToolView view = view();
        List<Listed> tools = (all ? view.versions() : view.all())
                .stream().filter(tool -> hasAll(tool, words)).toList();
        Map<String, Integer> runners = runners(tools);
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        ArrayNode items = shape.putArray("items");
        tools.forEach(tool -> {
            Integer served = runners.get(tool.definition().getPool());
            items.add(
                    full ? ToolShapes.whole(tool, served, view.versions(tool.name())) : ToolShapes.line(tool, served));
        });
        return Json.ok(shape.putNull("cursor"));
    }

    /** How many serve each pool; nothing if the brokers do not say: the catalogue is known all the same. */
    private Map<String, Integer> runners(List<Listed> tools) {
        Set<String> pools =
                tools.stream().map(tool -> tool.definition().getPool()).collect(Collectors.toSet());
        try {
            return behind.get(Members.class).runners(pools).get(SAID_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    private static boolean hasAll(Listed tool, List<String> words) {
        String said = (tool.name() + " " + tool.definition().getDescription()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(said::contains);
    }

    @Get("/{name}")
    @Needs(Role.SUBSCRIBER)
    @Does(value = "A tool: its schemas, examples, limits and versions.", answer = "Tool")
    HttpResponse<byte[]> tool(String name) {
        Listed tool = found(name);
        Integer runners = runners(List.of(tool)).get(tool.definition().getPool());
        return Json.ok(ToolShapes.whole(tool, runners, view().versions(name)));
    }

    /** Calls a tool with the body as its input. Whoever goes away stops it. */
    @Post("/{name}")
    @Needs(Role.EMITTER)
    @Does(
            value = "Calls a tool with the body as its input; whoever goes away stops it.",
            takes = "ToolInput",
            bodyOptional = true,
            parameters = "timeout",
            answer = "ToolAnswer",
            problems = {409, 502, 504})
    CompletableFuture<HttpResponse<byte[]>> call(HttpRequest<?> request, String name, @Body @Nullable String body) {
        Listed tool = found(name);
        Duration atMost = duration(request.getParameters().get("timeout"));
        String input =
                body == null || body.isBlank() ? "{}" : Bodies.parsed(body).toString();
        ToolCalls.Running running = behind.get(ToolCalls.class).ask(Caller.of(request), tool, input, atMost);
        Runnable stays = Departure.watch(request, () -> running.cancel("the caller went away"));
        return running.answer().handle((answer, failure) -> {
            stays.run();
            return failure == null ? answered(answer) : failed(running, failure);
        });
    }

    private static HttpResponse<byte[]> answered(ToolResponse response) {
        ToolError error = response.getError();
        return error == null
                ? Json.ok(ToolShapes.answer(response))
                : ProblemAnswers.of(ToolProblems.of(response, error));
    }

    private static HttpResponse<byte[]> failed(ToolCalls.Running running, Throwable failure) {
        if (BusException.codeOf(failure) != ErrorCode.DEADLINE) {
            throw BusException.of(failure);
        }
        return ProblemAnswers.of(Problem.of(
                        ProblemCode.TIMEOUT,
                        String.valueOf(BusException.of(failure).getMessage()))
                .with("request_id", TextNode.valueOf(running.requestId())));
    }

    private static @Nullable Duration duration(@Nullable String text) {
        if (text == null) {
            return null;
        }
        @Nullable
        Duration duration = text.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(text))
                : Times.duration(new JsonString(text));
        if (duration == null || duration.isZero() || duration.compareTo(ToolCalls.LONGEST) > 0) {
            throw Bodies.wrong(
                    "timeout",
                    "expected seconds or a duration such as 500ms or 1m30s, at most " + ToolCalls.LONGEST.toMinutes()
                            + "m, got " + text);
        }
        return duration;
    }

    private Listed found(String name) {
        Listed tool = view().find(name);
        if (tool == null) {
            throw new ProblemException(
                    Problem.of(ProblemCode.NOT_FOUND, "expected a tool of the catalogue, got " + name)
                            .with("tools", IntNode.valueOf(view().all().size())));
        }
        return tool;
    }

    private ToolView view() {
        ToolView view = behind.get(ToolView.class);
        String missing = view.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
        return view;
    }
}
