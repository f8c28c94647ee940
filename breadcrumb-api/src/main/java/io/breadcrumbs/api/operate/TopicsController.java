package io.breadcrumbs.api.operate;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.stream.Viewers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The topics of the log, and what stands in them. */
@Controller("/api/topics")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Needs(Role.CURATOR)
final class TopicsController {

    private final Behind behind;
    private final OpenStreams permits;

    TopicsController(Behind behind, OpenStreams permits) {
        this.behind = behind;
        this.permits = permits;
    }

    /** By name; counts are of all workspaces. */
    @Get
    @Does(value = "The topics: partitions, records, size on disk, lag per consumer group.", answer = "Topics")
    HttpResponse<byte[]> list() {
        return Json.ok(behind.get(TopicDesk.class).all());
    }

    /** Those of the caller's workspace, each as {@code ./crumb tail --json} prints it. */
    @Get(value = "/{topic}/records", produces = MediaType.TEXT_EVENT_STREAM)
    @Does(
            value = "The records of a topic as they come, as server-sent events.",
            parameters = {"records.from", "where", "follow", "max", "Last-Event-ID"},
            answer = "Events",
            problems = 410)
    HttpResponse<Publisher<byte[]>> records(HttpRequest<?> request, String topic) {
        Parameters said = Parameters.of(request);
        Caller caller = Caller.of(request);
        Wanted wanted = new Wanted(
                topic,
                caller.workspace(),
                said.is("from", "beginning", "end", false),
                Wanted.conditions(topic, request.getParameters().getAll("where")),
                said.is("follow", "true", "false", true),
                said.number("max", 1, Integer.MAX_VALUE, Integer.MAX_VALUE),
                seen(request));
        TopicDesk desk = behind.get(TopicDesk.class);
        return behind.get(Viewers.class).open(permits.open(caller), () -> desk.records(wanted));
    }

    private static @Nullable String seen(HttpRequest<?> request) {
        String seen = request.getHeaders().get("Last-Event-ID");
        return seen == null || seen.isBlank() ? null : seen.strip();
    }
}
