package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.egress.Allowance;
import io.breadcrumbs.sdk.egress.EgressSettings;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.egress.WebRequest;
import io.breadcrumbs.sdk.egress.WebResponse;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tool {@code http_request}: sends what it is told, to where the runner's settings allow. */
public final class HttpRequestTool implements Tool<HttpRequestTool.Input, HttpRequestTool.Output> {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final WebClient client;
    private final Time time;
    private final EgressSettings settings;

    public HttpRequestTool(WebClient client, Time time, EgressSettings settings) {
        this.client = client;
        this.time = time;
        this.settings = settings;
    }

    /** The request to send. */
    @SuppressWarnings("MemberName") // the names are those of the JSON fields
    public record Input(
            @Describe("http or https, of an allowed host") String url,
            @Describe("GET unless given") @Nullable String method,
            @Nullable Map<String, String> headers,

            @Describe("text as it is, anything else as JSON") @Nullable
            JsonNode body,

            @Describe("10 seconds unless given, a minute at most") @Nullable
            Long timeout_ms) {}

    /**
     * What came back, whatever its status.
     *
     * @param body JSON if the response is, otherwise text
     */
    public record Output(int status, Map<String, String> headers, JsonNode body) {

        public Output {
            headers = Map.copyOf(headers);
        }
    }

    @Override
    public ToolSpec<Input, Output> spec() {
        return ToolSpec.of(
                        "http_request",
                        "Sends an HTTP request and answers with status, headers and body.",
                        Input.class,
                        Output.class)
                .timeout(AT_MOST)
                .effects(SideEffects.IDEMPOTENT)
                .examples("{\"input\": {\"url\": \"https://api.example.com/users?page=2\"}}");
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure, InterruptedException {
        WebRequest request = request(input);
        Instant own = time.now().plus(timeout(input.timeout_ms));
        Instant until = own.isBefore(context.deadline()) ? own : context.deadline();
        Allowance allowance = new Allowance(settings.reach(), settings.bodyBytes(), until);
        WebResponse response = client.send(request, allowance, context::closeAtEnd);
        return new Output(response.status(), response.headers(), ResponsePlan.body(response));
    }

    private Duration timeout(@Nullable Long ms) throws ToolFailure {
        if (ms == null) {
            return settings.timeout();
        }
        if (ms < 1 || ms > AT_MOST.toMillis()) {
            throw ToolFailure.invalid("timeout_ms", "expected 1 to " + AT_MOST.toMillis() + ", got " + ms);
        }
        return Duration.ofMillis(ms);
    }

    private static WebRequest request(Input input) throws ToolFailure {
        Map<String, String> headers = new TreeMap<>();
        if (input.headers != null) {
            input.headers.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        }
        JsonNode body = input.body;
        String text = null;
        if (body != null && !body.isNull()) {
            text = Template.text(body);
            headers.putIfAbsent("content-type", body.isTextual() ? "text/plain; charset=utf-8" : "application/json");
        }
        String method = input.method == null ? "GET" : input.method.toUpperCase(Locale.ROOT);
        try {
            return new WebRequest(method, new URI(input.url), headers, Set.of(), text);
        } catch (URISyntaxException e) {
            throw ToolFailure.invalid("url", "expected a URL, got " + e.getReason());
        } catch (IllegalArgumentException e) {
            throw ToolFailure.invalid("", String.valueOf(e.getMessage()));
        }
    }
}
