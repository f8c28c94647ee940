package io.breadcrumbs.api.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers with problem documents, also where Micronaut refuses a request itself. */
@Singleton
@Primary
public final class ProblemAnswers implements ErrorResponseProcessor<byte[]> {

    private static final String TYPE = "application/problem+json";
    private static final String CODE = "breadcrumbs.problem";
    private static final String AGAIN_AFTER_SECONDS = "1";

    /** The answer that a problem is. */
    public static MutableHttpResponse<byte[]> of(Problem problem) {
        return filled(HttpResponse.status(problem.status(), problem.code().title()), problem);
    }

    /** The code of the problem that an answer is; null if it is none. */
    public static @Nullable String codeOf(HttpResponse<?> response) {
        return response.getAttribute(CODE, String.class).orElse(null);
    }

    private static MutableHttpResponse<byte[]> filled(MutableHttpResponse<?> response, Problem problem) {
        response.setAttribute(CODE, problem.code().text());
        if (problem.code().passes()) {
            response.header("Retry-After", AGAIN_AFTER_SECONDS);
        }
        if (problem.code() == ProblemCode.UNAUTHENTICATED) {
            response.header("WWW-Authenticate", "Bearer realm=\"breadcrumbs\"");
        }
        return response.contentType(MediaType.of(TYPE))
                .body(problem.toJson().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What a failure of the server says stays in its log. */
    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        int status = response.code();
        String detail = switch (ProblemCode.of(status)) {
            case NOT_FOUND -> "expected an address of the platform, got " + path(context.getRequest());
            case INTERNAL -> "the request " + path(context.getRequest()) + " failed";
            default -> detail(context);
        };
        return filled(response, new Problem(ProblemCode.of(status), status, detail, java.util.Map.of()));
    }

    /** Without the words of a conversion, which name classes. */
    private static String detail(ErrorContext context) {
        if (context.getRootCause().orElse(null) instanceof ConversionErrorException conversion) {
            return conversion.getArgument().getName() + ": expected another value, got "
                    + conversion
                            .getConversionError()
                            .getOriginalValue()
                            .map(String::valueOf)
                            .orElse("none");
        }
        return context.hasErrors()
                ? context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "))
                : "the request " + path(context.getRequest()) + " was refused";
    }

    private static String path(HttpRequest<?> request) {
        return request.getMethodName() + " " + request.getPath();
    }
}
