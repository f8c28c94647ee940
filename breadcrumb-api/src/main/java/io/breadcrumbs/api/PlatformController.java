package io.breadcrumbs.api;

import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.openapi.Does;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Tells tools that know only the door where the rest is. */
@Controller("/platform")
@Needs(Role.SUBSCRIBER)
final class PlatformController {

    private final PlatformAddress address;

    PlatformController(PlatformAddress address) {
        this.address = address;
    }

    @Get
    @Does(value = "Where the rest of the platform is.", answer = "Platform")
    PlatformAddress platform() {
        return address;
    }
}
