package io.breadcrumbs.api.events;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Parameters;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.rest.Searches;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.selector.Selection;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What happens to breadcrumbs, as server-sent events. */
@Controller
@ExecuteOn(TaskExecutors.VIRTUAL)
final class EventsController {

    private static final String FROM = "from";
    private static final Set<String> SIMPLE = Set.of("tag", "any_tag", "none_tag", "schema_name");

    private final Behind behind;
    private final OpenStreams permits;

    EventsController(Behind behind, OpenStreams permits) {
        this.behind = behind;
        this.permits = permits;
    }

    /** Those of all breadcrumbs that are selected. */
    @Get(value = "/events/stream", produces = MediaType.TEXT_EVENT_STREAM)
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "What happens to breadcrumbs, as server-sent events.",
            parameters = {
                "tag",
                "any_tag",
                "none_tag",
                "schema_name",
                "selector",
                "watch",
                "events.from",
                "Last-Event-ID"
            },
            answer = "Events",
            problems = 410)
    HttpResponse<Publisher<byte[]>> stream(HttpRequest<?> request) {
        Parameters said = Parameters.of(request);
        Caller caller = Caller.of(request);
        Watch watch = new Watch(BreadcrumbStore.viewer(caller), selection(request, said), said.text("watch"));
        return open(caller, watch, from(request, said));
    }

    /** Those of one breadcrumb, until it is no more. */
    @Get(value = "/breadcrumbs/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM)
    @Needs(Role.SUBSCRIBER)
    @Does(
            value = "What happens to one breadcrumb, until it is no more.",
            parameters = {"events.from", "Last-Event-ID"},
            answer = "Events",
            problems = 410)
    HttpResponse<Publisher<byte[]>> watch(HttpRequest<?> request, String id) {
        Parameters said = Parameters.of(request);
        Caller caller = Caller.of(request);
        String from = from(request, said);
        if (from == null) { // who comes back may learn that it is no more
            behind.get(BreadcrumbStore.class).get(caller, id, Seen.NOTHING);
        }
        return open(caller, new Watch(BreadcrumbStore.viewer(caller), everything(), id), from);
    }

    private HttpResponse<Publisher<byte[]>> open(Caller caller, Watch watch, @Nullable String from) {
        EventStreams streams = behind.get(EventStreams.class);
        return behind.get(Viewers.class).open(permits.open(caller), () -> streams.source(watch, from));
    }

    /** What a browser says when it comes back goes before what stood in the address from the beginning. */
    private static @Nullable String from(HttpRequest<?> request, Parameters said) {
        String seen = request.getHeaders().get("Last-Event-ID");
        String from = seen == null || seen.isBlank() ? said.text(FROM) : seen;
        return from == null || from.isBlank() ? null : from.strip();
    }

    private static Selection selection(HttpRequest<?> request, Parameters said) {
        String selector = said.text("selector");
        if (selector == null) {
            return Selection.of(Selector.newBuilder()
                    .setAllTags(said.texts("tag"))
                    .setAnyTags(said.texts("any_tag"))
                    .setNoneTags(said.texts("none_tag"))
                    .setSchemaName(said.text("schema_name"))
                    .build());
        }
        if (request.getParameters().names().stream().anyMatch(SIMPLE::contains)) {
            throw Bodies.wrong("selector", "expected it alone, got " + SIMPLE + " as well");
        }
        return Bodies.read(selector, Searches.Selecting.class).selection();
    }

    private static Selection everything() {
        return Selection.of(Selector.newBuilder().build());
    }
}
