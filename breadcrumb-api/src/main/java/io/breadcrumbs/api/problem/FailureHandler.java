package io.breadcrumbs.api.problem;

import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.sdk.BusException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What routes throw, as problems. Nothing of a failure that nobody foresaw leaves the process. */
@Singleton
@Primary
final class FailureHandler implements ExceptionHandler<RuntimeException, HttpResponse<byte[]>> {

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<byte[]> handle(HttpRequest request, RuntimeException thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return ProblemAnswers.of(
                switch (failure) {
                    case ProblemException known -> known.problem();
                    case LateException late -> Problem.of(ProblemCode.UNAVAILABLE, String.valueOf(late.getMessage()));
                    case BusException bus -> BusProblems.of(bus);
                    default -> unforeseen(request, failure);
                });
    }

    private static Problem unforeseen(HttpRequest<?> request, Throwable failure) {
        LOG.atError()
                .addKeyValue("event", "request-failed")
                .setCause(failure)
                .log("{} {}", request.getMethodName(), request.getPath());
        return Problem.of(
                ProblemCode.INTERNAL, "the request " + request.getMethodName() + " " + request.getPath() + " failed");
    }
}
