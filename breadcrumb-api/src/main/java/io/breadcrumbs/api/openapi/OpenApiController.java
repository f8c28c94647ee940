package io.breadcrumbs.api.openapi;

import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Open;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.Router;
import java.util.List;

/** Describes the door: a document for programs, and a page for people, which needs nothing from elsewhere. */
@Controller
@Open
@ExecuteOn(TaskExecutors.VIRTUAL)
final class OpenApiController {

    /** Swagger UI sets styles, and has its icons in its style sheet; scripts are the page's own only. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String AN_HOUR = "public, max-age=3600";

    private final Router router;
    private final String version;
    private final Page page = new Page();

    OpenApiController(Router router, @Property(name = "breadcrumbs.version") String version) {
        this.router = router;
        this.version = version;
    }

    @Get("/openapi.json")
    @Does(value = "This document.", answer = "OpenApi")
    HttpResponse<byte[]> document() {
        return Json.ok(new OpenApi(version).of(List.copyOf(router.uriRoutes().toList())));
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    @Does(value = "A page to read this document, and to try what it says.", answer = "Text")
    HttpResponse<byte[]> page() {
        return answer("page.html").header("Content-Security-Policy", POLICY);
    }

    @Get("/docs/{file}")
    @Produces({Page.SCRIPT, Page.STYLE})
    @Does(value = "What that page needs.", answer = "Text")
    HttpResponse<byte[]> file(String file) {
        return answer(file).header("Cache-Control", AN_HOUR);
    }

    private MutableHttpResponse<byte[]> answer(String file) {
        Page.Part part = page.part(file)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "expected a part of the page, got " + file));
        return HttpResponse.ok(part.bytes()).contentType(part.type());
    }
}
