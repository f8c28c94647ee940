package io.breadcrumbs.api.bulk;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.stream.Viewers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The same for many runs. */
@Controller("/api/runs/bulk")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class BulkController {

    private final Behind behind;
    private final OpenStreams permits;

    BulkController(Behind behind, OpenStreams permits) {
        this.behind = behind;
        this.permits = permits;
    }

    /** Asks the same of all runs that a filter means, so many a second, and streams what becomes of each. */
    @Post(produces = MediaType.TEXT_EVENT_STREAM)
    @Needs(Role.EMITTER)
    @Does(
            value = "Asks the same of all runs that a filter means, so many a second, and streams what becomes of each;"
                    + " who goes away ends it. To delete takes a curator.",
            body = BulkOrder.Body.class,
            answer = "Events")
    HttpResponse<Publisher<byte[]>> ask(HttpRequest<?> request, @Body @Nullable String body) {
        Caller caller = Caller.of(request);
        BulkOrder order = BulkOrder.read(body, caller);
        BulkDesk desk = behind.get(BulkDesk.class);
        return behind.get(Viewers.class).open(permits.open(caller), () -> desk.ask(caller, order));
    }
}
