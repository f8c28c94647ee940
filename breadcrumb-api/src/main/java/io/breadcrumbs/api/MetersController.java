package io.breadcrumbs.api;

import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Gives the platform's meters to whoever collects them. */
@Controller("/prometheus")
@Needs(Role.SUBSCRIBER)
final class MetersController {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PartsIndicator.Shown shown;

    MetersController(PartsIndicator.Shown shown) {
        this.shown = shown;
    }

    @Get(produces = FORMAT)
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Does(value = "The platform's meters, as Prometheus reads them.", answer = "Text")
    String meters() {
        return shown.inside().meters();
    }
}
