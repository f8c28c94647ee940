package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.egress.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks, as those see them who subscribe and receive. */
@Timeout(120)
class WebhookIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final BlockingQueue<Received> RECEIVED = new LinkedBlockingQueue<>();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir
    static Path data;

    private static Platform platform;
    private static HttpServer receiver;

    private record Received(String path, String delivery, String timestamp, String signature, String body) {}

    private record Reply(int status, JsonNode json) {}

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", WebhookIT::receive);
        receiver.start();
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data"))
                                .withReach(new Reach(Set.of("127.0.0.1"), false, true)),
                        _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        platform.close();
        receiver.stop(0);
    }

    private static void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            RECEIVED.add(new Received(
                    exchange.getRequestURI().getPath(),
                    headers.getFirst("Breadcrumbs-Delivery"),
                    headers.getFirst("Breadcrumbs-Timestamp"),
                    headers.getFirst("Breadcrumbs-Signature"),
                    body));
            exchange.sendResponseHeaders(FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 204, -1);
        }
    }

    private static Reply send(String method, String path, String body, String workspace) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.state().url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .headers("Content-Type", "application/json", "Breadcrumbs-Workspace", workspace)
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private static String signed(String secret, Received post) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "v1="
                + HexFormat.of()
                        .formatHex(
                                mac.doFinal((post.timestamp() + "." + post.body()).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldPostWhatIsSelectedSignedAndTryAgain() throws Exception {
        String wanted = "{\"url\":\"" + url("/in") + "\",\"selector\":{\"schema_name\":\"order.v1\"}}";
        Reply created = send("POST", "/api/webhooks", wanted, "hooks");
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        String secret = created.json().get("secret").asText();
        String path = "/api/webhooks/" + created.json().get("id").asText();

        FAILURES.set(2);
        send("POST", "/breadcrumbs", "{\"schema_name\":\"note.v1\"}", "hooks");
        send("POST", "/breadcrumbs", "{\"schema_name\":\"order.v1\"}", "theirs");
        send("POST", "/breadcrumbs", "{\"schema_name\":\"order.v1\",\"context\":{\"n\":7}}", "hooks");

        Received first = RECEIVED.take();
        Received second = RECEIVED.take();
        Received third = RECEIVED.take();
        assertThat(first.path()).isEqualTo("/in");
        assertThat(first.body())
                .contains("\"event\":\"created\"", "\"context\":{\"n\":7}")
                .isEqualTo(third.body());
        assertThat(first.delivery()).isEqualTo(second.delivery()).isEqualTo(third.delivery());
        assertThat(first.signature()).isEqualTo(signed(secret, first));
        assertThat(third.signature()).isEqualTo(signed(secret, third));
        JsonNode deliveries = deliveries(path);
        assertThat(deliveries.get(0).get("delivery").asText()).isEqualTo(first.delivery());
        assertThat(deliveries.get(0).get("outcome").asText()).isEqualTo("delivered");
        assertThat(deliveries.get(0).get("attempts").asInt()).isEqualTo(3);

        assertThat(send("GET", path, "", "theirs").status()).isEqualTo(404);
        assertThat(send("DELETE", path, "", "theirs").status()).isEqualTo(404);
        assertThat(send("GET", "/api/webhooks", "", "theirs").json().get("items"))
                .isEmpty();
        assertThat(send("GET", path, "", "hooks").json().toString()).doesNotContain(secret);
        assertThat(send("GET", "/breadcrumbs/" + created.json().get("id").asText() + "/full", "", "hooks")
                        .json()
                        .toString())
                .contains("webhook.subscription.v1")
                .doesNotContain(secret);
        assertThat(send("DELETE", path, "", "hooks").status()).isEqualTo(204);
        assertThat(send("GET", path, "", "hooks").status()).isEqualTo(404);
    }

    /** What is posted is soon read by every instance; the test's own time is the bound. */
    private static JsonNode deliveries(String path) throws Exception {
        JsonNode items = send("GET", path + "/deliveries", "", "hooks").json().get("items");
        while (items.isEmpty()) {
            items = send("GET", path + "/deliveries", "", "hooks").json().get("items");
        }
        return items;
    }

    @Test
    void shouldPostOnceMoreWhatADeadLetterIsAbout() throws Exception {
        Reply created = send("POST", "/api/webhooks", "{\"url\":\"" + url("/dead") + "\"}", "buried");
        Reply order = send("POST", "/breadcrumbs", "{\"schema_name\":\"order.v1\"}", "buried");
        Received first = RECEIVED.take();
        letter(first.delivery(), order.json().get("position").asText());
        String path = "/api/dead-letters/" + first.delivery();

        assertThat(send("GET", path, "", "buried").json().get("code").asText()).isEqualTo("WEBHOOK_FAILED");
        assertThat(send("POST", path + "/retry", "{}", "hooks").status()).isEqualTo(404);
        FAILURES.set(1);
        Reply failed = send("POST", path + "/retry", "{}", "buried");
        assertThat(failed.status()).isEqualTo(409);
        assertThat(failed.json().get("detail").asText()).contains("did not take it: answered with status 503");
        RECEIVED.take();

        Reply done = send("POST", path + "/retry", "{}", "buried");

        assertThat(done.status()).as("%s", done.json()).isEqualTo(200);
        assertThat(done.json().get("host").asText()).isEqualTo("127.0.0.1");
        Received again = RECEIVED.take();
        assertThat(again.delivery()).isEqualTo(first.delivery());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.signature())
                .isEqualTo(signed(created.json().get("secret").asText(), again));
        assertThat(send("GET", path, "", "buried").status()).isEqualTo(404);

        letter("of-nobody", order.json().get("position").asText());
        Reply orphan = send("POST", "/api/dead-letters/of-nobody/retry", "{}", "buried");
        assertThat(orphan.json().get("detail").asText()).isEqualTo("its subscription is no more");
        assertThat(send("DELETE", "/api/dead-letters/of-nobody", "", "buried").status())
                .isEqualTo(200);
    }

    /** Writes the letter that a delivery would have become. */
    private static void letter(String delivery, String position) throws Exception {
        String[] place = position.split("@", -1);
        DeadLetter letter = DeadLetter.newBuilder()
                .setMeta(Metas.of(Catalogue.DEAD_LETTER, delivery, "buried", "test", Instant.now()))
                .setTopic(Catalogue.BREADCRUMB_EVENT.name())
                .setPartition(Integer.parseInt(place[0]))
                .setOffset(Long.parseLong(place[1]))
                .setCode("WEBHOOK_FAILED")
                .setMessage("answered with status 503")
                .setAttempts(6)
                .build();
        platform.bus().publish(Catalogue.DEAD_LETTER, delivery, letter).get();
    }

    @Test
    void shouldRefuseWhatItMayNotOrCannotPost() throws Exception {
        Map<String, Integer> wrong = Map.of(
                "{}",
                400,
                "{\"url\":\"http://10.0.0.1/in\"}",
                400,
                "{\"url\":\"http://169.254.169.254/latest\"}",
                400,
                "{\"url\":\"ftp://127.0.0.1/in\"}",
                400,
                "{\"url\":\"nonsense\"}",
                400,
                "{\"url\":\"" + url("/in") + "\",\"selector\":{\"context_match\":[{\"path\":\"a\",\"op\":\"like\"}]}}",
                400,
                "{\"url\":\"" + url("/in") + "\",\"secret\":\"short\"}",
                400);

        for (Map.Entry<String, Integer> one : wrong.entrySet()) {
            assertThat(send("POST", "/api/webhooks", one.getKey(), "wrong").status())
                    .as(one.getKey())
                    .isEqualTo(one.getValue());
        }
        assertThat(send("GET", "/api/webhooks", "", "wrong").json().get("items"))
                .isEmpty();
    }
}
