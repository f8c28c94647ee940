package io.breadcrumbs.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.api.events.Told;
import io.breadcrumbs.api.events.Watch;
import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.api.webhooks.Sending.Result;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.egress.Guard;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.selector.Selection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpSendingTest {

    private static final String SECRET = "whsec_it-is-a-secret";
    private static final Reach LOCAL = new Reach(Set.of("localhost"), false, true);
    private static final Reach NOT_PRIVATE = new Reach(Set.of("localhost"), true, false);

    private final SystemTime time = new SystemTime("test");
    private final SigningSecrets secrets = new SigningSecrets(new byte[32]);
    private final List<Map<String, List<String>>> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ok", exchange -> answer(exchange, 204));
        server.createContext("/bad", exchange -> answer(exchange, 500));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            answer(exchange, 307);
        });
        server.createContext("/hangs", _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
        time.close();
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            headers.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private Sending.Post post(String path, String secretOf) {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        Watch all = new Watch(
                new Viewer("default", "me", false),
                Selection.of(Selector.newBuilder().build()),
                null);
        String hidden = secrets.hidden(
                SECRET, secretOf.isEmpty() ? Subscribed.owner("webhook:1", "default", url.toString()) : secretOf);
        Subscribed to = new Subscribed("webhook:1", "default", url, null, all, hidden, 0);
        BreadcrumbEvent event = BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, "e1", "somebody"))
                .setBreadcrumbId("a")
                .setKind(BreadcrumbEventKind.CREATED)
                .setContext("{\"text\":\"Grüße\"}")
                .build();
        Position position = new Position(new Partition(Catalogue.BREADCRUMB_EVENT.name(), 0), 7);
        return new Sending.Post(to, new Told(event, position));
    }

    private Result send(String path, String secretOf, Reach reach, Duration timeout) {
        WebClient web =
                new WebClient(new Guard(_ -> List.of(InetAddress.getLoopbackAddress())), time, (SSLSocketFactory)
                        SSLSocketFactory.getDefault());
        WebhookSettings settings = WebhookSettings.of(reach, secrets).patient(timeout, 1, Duration.ZERO);
        return new HttpSending(web, settings, time).send(post(path, secretOf));
    }

    private Result send(String path) {
        return send(path, "", LOCAL, Duration.ofSeconds(30));
    }

    private String header(String name) {
        return headers.getFirst().entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(name))
                .map(one -> one.getValue().getFirst())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no header " + name + " in " + headers));
    }

    @Test
    void shouldSendWhatItsReceiverCanVerify() throws GeneralSecurityException {
        assertThat(send("/ok")).isEqualTo(new Result.Taken(204));

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(header("Breadcrumbs-Timestamp").getBytes(StandardCharsets.UTF_8));
        mac.update((byte) '.');
        mac.update(bodies.getFirst().getBytes(StandardCharsets.UTF_8));
        assertThat(header("Breadcrumbs-Signature"))
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal()));
        assertThat(header("Breadcrumbs-Event")).isEqualTo("created");
        assertThat(header("Breadcrumbs-Delivery")).hasSize(32);
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(bodies.getFirst()).contains("\"id\":\"a\"", "Grüße");
    }

    @Test
    void shouldTakeEveryOtherStatusForAFailure() {
        assertThat(send("/bad")).isEqualTo(new Result.Failed(500, "answered with status 500", true));
        assertThat(send("/moved")).isEqualTo(new Result.Failed(307, "answered with status 307", true));
        assertThat(bodies).hasSize(2); // nobody went where it was sent
    }

    @Test
    void shouldGiveUpOnWhoDoesNotAnswer() {
        assertThat(send("/hangs", "", LOCAL, Duration.ofMillis(200)))
                .isInstanceOfSatisfying(Result.Failed.class, failed -> {
                    assertThat(failed.message()).contains("in time");
                    assertThat(failed.mayGetBetter()).isTrue();
                });
    }

    @Test
    void shouldNotPostToPrivateAddresses() {
        assertThat(send("/ok", "", NOT_PRIVATE, Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(Result.Failed.class, failed -> {
                    assertThat(failed.message()).contains("loopback");
                    assertThat(failed.mayGetBetter()).isFalse();
                });
        assertThat(bodies).isEmpty();
    }

    @Test
    void shouldNotSignWithASecretThatBelongsElsewhere() {
        assertThat(send("/ok", "another", LOCAL, Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.mayGetBetter()).isFalse());
        assertThat(bodies).isEmpty();
    }
}
