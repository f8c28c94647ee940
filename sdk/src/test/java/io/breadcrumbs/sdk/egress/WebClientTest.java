package io.breadcrumbs.sdk.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebClientTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Reach TESTS = new Reach(Set.of("*.test"), true, true);

    private final ManualTime time = new ManualTime();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> resolved = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private Names names = _ -> List.of(HERE);
    private HttpServer server = idle();
    private @Nullable AutoCloseable ending;

    private static HttpServer idle() {
        try {
            return HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 200, Map.of(), "hello"));
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        try (exchange) {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Token") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + text);
            headers.forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void redirect(String path, int status, String to) {
        server.createContext(path, exchange -> answer(exchange, status, Map.of("Location", to), ""));
    }

    private String url(String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    private WebClient client() {
        Names recording = host -> {
            resolved.add(host);
            return names.resolve(host);
        };
        return new WebClient(new Guard(recording), time, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private WebResponse send(WebRequest request) throws ToolFailure, InterruptedException {
        Allowance allowance = new Allowance(TESTS, 1000, time.now().plusSeconds(10));
        return client().send(request, allowance, stopped -> ending = stopped);
    }

    private static WebRequest get(String url) {
        return new WebRequest("GET", URI.create(url), Map.of(), Set.of(), null);
    }

    private ToolFailure failure(WebRequest request) {
        return catchThrowableOfType(ToolFailure.class, () -> send(request));
    }

    @Test
    void shouldSendToTheAddressAndNameTheHost() throws Exception {
        WebResponse response =
                send(new WebRequest("POST", URI.create(url("a.test", "/x?y=%20")), Map.of(), Set.of(), "ü"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello");
        assertThat(seen).containsExactly("POST a.test:" + server.getAddress().getPort() + " /x?y=%20 null null ü");
        assertThat(time.timers()).isZero();
    }

    @Test
    void shouldResolveOnceForEachConnection() throws Exception {
        AtomicInteger count = new AtomicInteger();
        names = _ -> List.of(count.getAndIncrement() == 0 ? HERE : InetAddress.ofLiteral("10.0.0.1"));

        WebResponse response = send(get(url("rebound.test", "/")));

        assertThat(response.status()).isEqualTo(200);
        assertThat(resolved).containsExactly("rebound.test");
    }

    @Test
    void shouldCheckANameAgainThatHasChangedWhenARedirectComesBack() {
        redirect("/again", 302, "/");
        AtomicInteger count = new AtomicInteger();
        names = _ -> List.of(count.getAndIncrement() == 0 ? HERE : InetAddress.ofLiteral("169.254.169.254"));

        ToolFailure failure = failure(get(url("rebound.test", "/again")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldTryTheNextAddress() throws Exception {
        names = _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), HERE);

        assertThat(send(get(url("two.test", "/"))).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseARedirectToAPrivateAddress() {
        redirect("/out", 302, url("inside.example", "/secret"));

        ToolFailure failure = failure(get(url("a.test", "/out")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(failure).hasMessageContaining("inside.example").hasMessageContaining("127.0.0.1 is a loopback");
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://a.test/", "http://u:p@a.test/", "mailto:x@y.z"})
    void shouldRefuseARedirectToWhatIsNoPlainUrl(String location) {
        redirect("/out", 307, location);

        assertThat(failure(get(url("a.test", "/out"))).kind()).isEqualTo(ErrorKind.VALIDATION);
    }

    @Test
    void shouldFollowFiveRedirectsAndNoMore() throws Exception {
        for (int i = 1; i <= 6; i++) {
            redirect("/r" + i, 302, i == 1 ? "/" : "/r" + (i - 1));
        }

        assertThat(send(get(url("a.test", "/r5"))).status()).isEqualTo(200);
        assertThat(failure(get(url("a.test", "/r6")))).hasMessageContaining("at most 5 redirects");
    }

    @Test
    void shouldShowSecretsToNoOtherHost() throws Exception {
        redirect("/same", 307, "/there");
        redirect("/there", 307, url("b.test", "/back"));
        redirect("/back", 307, url("a.test", "/"));
        Map<String, String> headers = Map.of("Token", "secret", "Authorization", "secret");

        send(new WebRequest("POST", URI.create(url("a.test", "/same")), headers, Set.of("Token"), "body"));

        String port = ":" + server.getAddress().getPort();
        assertThat(seen)
                .containsExactly(
                        "POST a.test" + port + " /same secret secret body",
                        "POST a.test" + port + " /there secret secret body",
                        "POST b.test" + port + " /back null null body",
                        "POST a.test" + port + " / null null body");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void shouldGetAfterTheRedirectOfAPost(int status) throws Exception {
        redirect("/post", status, "/");

        send(new WebRequest("POST", URI.create(url("a.test", "/post")), Map.of(), Set.of(), "body"));

        assertThat(seen.getLast()).startsWith("GET ").endsWith(" null ");
    }

    @Test
    void shouldEndWhenTheTimeIsOver() throws Exception {
        server.createContext("/slow", this::hang);
        FutureTask<ToolFailure> failure = sending(() -> failure(get(url("a.test", "/slow"))));
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        time.advance(Duration.ofSeconds(10));

        assertThat(failure.get(30, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void shouldEndWhileTheNameIsResolved() throws Exception {
        names = _ -> {
            arrived.countDown();
            awaitRelease();
            return List.of(HERE);
        };
        FutureTask<ToolFailure> failure = sending(() -> failure(get(url("a.test", "/"))));
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        time.advance(Duration.ofSeconds(10));

        assertThat(failure.get(30, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() throws Exception {
        server.createContext("/slow", this::hang);
        FutureTask<InterruptedException> stopped = new FutureTask<>(() ->
                catchThrowableOfType(InterruptedException.class, () -> send(get(url("a.test", "/slow")))));
        Thread sender = Thread.startVirtualThread(stopped);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        sender.interrupt();

        assertThat(stopped.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void shouldEndWhenItIsClosed() throws Exception {
        server.createContext("/slow", this::hang);
        FutureTask<InterruptedException> stopped = sending(() ->
                catchThrowableOfType(InterruptedException.class, () -> send(get(url("a.test", "/slow")))));
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        Objects.requireNonNull(ending, "what ends the request").close();

        assertThat(stopped.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void shouldReadNoMoreThanIsAllowed() {
        server.createContext("/large", exchange -> answer(exchange, 200, Map.of(), "x".repeat(1001)));

        assertThat(failure(get(url("a.test", "/large")))).hasMessageContaining("at most 1000 bytes");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        names = _ -> List.of(InetAddress.ofLiteral("127.0.0.2"));

        ToolFailure failure = failure(get(url("a.test", "/")));

        assertThat(failure.toError().getCode()).isEqualTo("HTTP_CONNECTION");
        assertThat(failure.toError().getRetryable()).isTrue();
    }

    private static <T> FutureTask<T> sending(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.startVirtualThread(task);
        return task;
    }

    private void hang(HttpExchange exchange) {
        arrived.countDown();
        awaitRelease();
        exchange.close();
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
