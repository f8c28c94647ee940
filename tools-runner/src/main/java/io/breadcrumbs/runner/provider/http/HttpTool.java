package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.egress.Allowance;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.egress.WebRequest;
import io.breadcrumbs.sdk.egress.WebResponse;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** A tool that sends one HTTP request for each execution, again if that may help. */
record HttpTool(RequestPlan plan, ResponsePlan response, Terms terms, WebClient client, Time time)
        implements Executable {

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final String STATUS = "HTTP_STATUS";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");

    /**
     * On what terms the tool sends.
     *
     * @param timeout of all attempts together
     * @param attempts at most
     * @param once whether it must not be sent again if nobody knows what became of the first time
     */
    record Terms(Reach reach, long bodyBytes, Duration timeout, int attempts, boolean once) {}

    @Override
    public String execute(JsonNode input, ToolContext context) throws ToolFailure, InterruptedException {
        WebRequest request = plan.request(input, context);
        Instant own = time.now().plus(terms.timeout);
        Instant until = own.isBefore(context.deadline()) ? own : context.deadline();
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            Duration wait = pause;
            ToolFailure failure;
            try {
                Allowance allowance = new Allowance(terms.reach, terms.bodyBytes, until);
                WebResponse answer = client.send(request, allowance, context::closeAtEnd);
                if (answer.status() < 400) {
                    return response.output(answer).toString();
                }
                failure = failed(request, answer);
                wait = wanted(answer, pause);
            } catch (ToolFailure e) {
                failure = e;
            }
            boolean again = attempt < terms.attempts
                    && failure.kind() == ErrorKind.RUNTIME
                    && failure.toError().getRetryable()
                    && time.now().plus(wait).isBefore(until);
            if (!again) {
                throw terms.once ? unrepeatable(failure) : failure;
            }
            context.sleep(wait);
            pause = pause.multipliedBy(2);
        }
    }

    private static ToolFailure failed(WebRequest request, WebResponse answer) {
        ToolFailure failure = ToolFailure.of(
                ErrorKind.RUNTIME,
                STATUS,
                "expected a status below 400 from host '" + request.uri().getHost() + "', got " + answer.status());
        return PASSING.contains(answer.status()) ? failure.retryable() : failure;
    }

    /** The server may have done what it was asked for, whatever became of its answer. */
    private static ToolFailure unrepeatable(ToolFailure failure) {
        return switch (failure.toError().getCode()) {
            case WebClient.LOST, WebClient.LATE ->
                ToolFailure.of(ErrorKind.OUTCOME_UNKNOWN, "OUTCOME_UNKNOWN", String.valueOf(failure.getMessage()));
            case STATUS -> failure.notRetryable();
            default -> failure;
        };
    }

    /** How long the server asks to wait, if it does. */
    private static Duration wanted(WebResponse answer, Duration otherwise) {
        String after = answer.headers().get("retry-after");
        return after != null && SECONDS.matcher(after).matches()
                ? Duration.ofSeconds(Long.parseLong(after))
                : otherwise;
    }
}
