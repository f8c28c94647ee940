package io.breadcrumbs.runner.provider.http;

import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.runner.provider.http.HttpTool.Terms;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.egress.EgressSettings;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.egress.WebRequest;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tools that are one HTTP request each. */
public final class HttpTools implements Provider {

    private static final int ATTEMPTS_AT_MOST = 10;

    private final WebClient client;
    private final Time time;
    private final EgressSettings settings;

    public HttpTools(WebClient client, Time time, EgressSettings settings) {
        this.client = client;
        this.time = time;
        this.settings = settings;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.HTTP;
    }

    @Override
    public Executable prepare(ToolDefinition definition) throws ToolFailure {
        String text = definition.getSource();
        if (text == null) {
            throw ToolFailure.invalid("source", "expected what to request, such as {\"url\": \"https://…\"}, got none");
        }
        HttpSource source = Values.read(text, HttpSource.class);
        if (source.url() == null) {
            throw ToolFailure.invalid("source.url", "expected a URL, got none");
        }
        RequestPlan request = RequestPlan.of(source);
        boolean once = definition.getSideEffects() == SideEffects.ONCE;
        Terms terms = new Terms(
                reach(definition.getLimits()),
                bytes(definition.getLimits()),
                timeout(source.timeoutMs(), definition.getTimeoutMs()),
                attempts(source.retry(), request.method(), once),
                once);
        return new HttpTool(request, ResponsePlan.of(source.response()), terms, client, time);
    }

    /** The tool's own hosts; if it names none, what the runner allows. */
    private Reach reach(@Nullable ToolLimits limits) throws ToolFailure {
        if (limits == null || limits.getHosts().isEmpty()) {
            return settings.reach();
        }
        try {
            return new Reach(Set.copyOf(limits.getHosts()), false, limits.getPrivateAddresses());
        } catch (IllegalArgumentException e) {
            throw ToolFailure.invalid("limits.hosts", String.valueOf(e.getMessage()));
        }
    }

    private long bytes(@Nullable ToolLimits limits) throws ToolFailure {
        Long bytes = limits == null ? null : limits.getOutputBytes();
        if (bytes == null) {
            return settings.bodyBytes();
        }
        if (bytes < 1 || bytes > Integer.MAX_VALUE / 2) {
            throw ToolFailure.invalid("limits.outputBytes", "expected 1 byte to 1 GB, got " + bytes);
        }
        return bytes;
    }

    private static Duration timeout(@Nullable Long ms, long toolMs) throws ToolFailure {
        if (ms == null) {
            return Duration.ofMillis(toolMs);
        }
        if (ms < 1) {
            throw ToolFailure.invalid("source.timeoutMs", "expected 1 or more, got " + ms);
        }
        return Duration.ofMillis(ms);
    }

    private static int attempts(@Nullable Integer retry, String method, boolean once) throws ToolFailure {
        if (retry == null) {
            return 1;
        }
        if (retry < 1 || retry > ATTEMPTS_AT_MOST) {
            throw ToolFailure.invalid("source.retry", "expected 1 to " + ATTEMPTS_AT_MOST + " attempts, got " + retry);
        }
        if (retry > 1 && !WebRequest.repeatable(method)) {
            throw ToolFailure.invalid(
                    "source.retry",
                    "expected 1 attempt with " + method + ", which may not be sent twice, got " + retry);
        }
        if (retry > 1 && once) {
            throw ToolFailure.invalid(
                    "source.retry",
                    "expected 1 attempt of a tool of class ONCE, which may not run twice, got " + retry);
        }
        return retry;
    }
}
