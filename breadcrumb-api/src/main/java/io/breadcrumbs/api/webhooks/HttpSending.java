package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.egress.Allowance;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.egress.WebRequest;
import io.breadcrumbs.sdk.egress.WebResponse;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Map;
import java.util.Set;

/** Posts events to their receivers, over connections to checked addresses. Blocks; any thread. */
final class HttpSending implements Sending {

    private static final long ANSWER_BYTES = 64 << 10;
    private static final int SECOND = 1_000;

    private final WebClient web;
    private final WebhookSettings settings;
    private final Time time;

    HttpSending(WebClient web, WebhookSettings settings, Time time) {
        this.web = web;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public Result send(Post post) {
        try {
            Allowance allowance =
                    new Allowance(settings.reach(), ANSWER_BYTES, time.now().plus(settings.timeout()), false);
            WebResponse response = web.send(request(post), allowance, _ -> {});
            int status = response.status();
            return status >= 200 && status < 300
                    ? new Result.Taken(status)
                    : new Result.Failed(status, "answered with status " + status, true);
        } catch (ToolFailure e) {
            boolean mayGetBetter = e.kind() != ErrorKind.PERMISSION && e.kind() != ErrorKind.VALIDATION;
            return new Result.Failed(0, String.valueOf(e.getMessage()), mayGetBetter);
        } catch (IllegalArgumentException e) {
            return new Result.Failed(0, "its signing secret cannot be read here: subscribe anew", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Failed(0, "interrupted", true);
        }
    }

    private WebRequest request(Post post) {
        Subscribed to = post.to();
        String body = post.told().data();
        long timestamp = time.now().toEpochMilli() / SECOND;
        String secret = settings.secrets().found(to.hidden(), to.owner());
        Map<String, String> headers = Map.of(
                "content-type", "application/json",
                "user-agent", "breadcrumbs-webhook",
                "breadcrumbs-event", post.told().name(),
                "breadcrumbs-delivery", post.id(),
                "breadcrumbs-timestamp", Long.toString(timestamp),
                "breadcrumbs-signature", Signature.of(secret, timestamp, body));
        return new WebRequest("POST", to.url(), headers, Set.of(), body);
    }
}
