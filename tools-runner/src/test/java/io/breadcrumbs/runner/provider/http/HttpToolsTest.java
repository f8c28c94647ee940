package io.breadcrumbs.runner.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.egress.EgressSettings;
import io.breadcrumbs.sdk.egress.Guard;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpToolsTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final ManualTime time = new ManualTime();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final FakeContext context =
            new FakeContext(time.now().plusSeconds(60), Map.of("API", "s3cret", "BROKEN", "two\nlines"));
    private final HttpTools tools = new HttpTools(
            new WebClient(new Guard(_ -> List.of(HERE)), time, (SSLSocketFactory) SSLSocketFactory.getDefault()),
            time,
            EgressSettings.DEFAULT);
    private HttpServer server = create();

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 200, "application/json", "{\"data\":{\"n\":[1,2]}}"));
        server.createContext("/text", exchange -> answer(exchange, 200, "text/plain", "hello"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Token") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + text);
            exchange.getResponseHeaders().add("Content-Type", type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String source(String path, String more) {
        return "{\"url\": \"http://a.test:" + server.getAddress().getPort() + path + "\"" + more + "}";
    }

    private ToolDefinition definition(@Nullable String source, List<String> hosts) {
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, "1", Metas.DEFAULT_WORKSPACE, "test", time.now()))
                .setName("tool")
                .setKind(ToolKind.HTTP)
                .setSource(source)
                .setLimits(ToolLimits.newBuilder()
                        .setHosts(hosts)
                        .setPrivateAddresses(true)
                        .setOutputBytes(1000L)
                        .build())
                .build();
    }

    private String execute(String source, String input) throws Exception {
        return tools.prepare(definition(source, List.of("a.test"))).execute(Values.parse(input), context);
    }

    private ToolFailure failure(String source, String input) {
        return catchThrowableOfType(ToolFailure.class, () -> execute(source, input));
    }

    @Test
    void shouldFillUrlAndQueryAndAnswerTheJson() throws Exception {
        String output = execute(
                source("/u/{user.id}", ", \"query\": {\"q\": \"{q}\", \"none\": \"{none}\", \"m\": \"a {q}\"}"),
                "{\"user\": {\"id\": \"a/b?c#d&é\"}, \"q\": \"x y+z\"}");

        assertThat(output).isEqualTo("{\"data\":{\"n\":[1,2]}}");
        assertThat(seen.getFirst()).startsWith("GET /u/a%2Fb%3Fc%23d%26%C3%A9?q=x%20y%2Bz&m=a%20x%20y%2Bz null");
    }

    @Test
    void shouldSendSecretsAndKeyInHeaders() throws Exception {
        execute(source("/", ", \"headers\": {\"Token\": \"${secret:API}/${idempotencyKey}\"}"), "{}");

        assertThat(seen.getFirst()).startsWith("GET / s3cret/key-1 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"input\" | application/json {\"a\":1,\"b\":\"x\"}",
                "\"a={a}, {c}\" | VALIDATION",
                "\"a={a} {b}\" | text/plain; charset=utf-8 a=1 x",
                "{\"n\": \"{a}\", \"t\": \"<{a}>\", \"no\": \"{c}\", \"l\": [\"{b}\", 2, \"{c}\"]}"
                        + " | application/json {\"n\":1,\"t\":\"<1>\",\"l\":[\"x\",2]}"
            })
    void shouldSendABody(String body, String expected) throws Exception {
        String source = source("/", ", \"method\": \"post\", \"body\": " + body);
        String input = "{\"a\": 1, \"b\": \"x\"}";

        if (expected.equals("VALIDATION")) {
            assertThat(failure(source, input).toError().getField()).isEqualTo("c");
        } else {
            execute(source, input);
            assertThat(seen.getFirst()).isEqualTo("POST / null " + expected);
        }
    }

    @Test
    void shouldAnswerWhatThePointersFind() throws Exception {
        assertThat(execute(source("/", ", \"response\": \"/data/n/1\""), "{}")).isEqualTo("2");
        assertThat(execute(source("/", ", \"response\": {\"first\": \"/data/n/0\"}"), "{}"))
                .isEqualTo("{\"first\":1}");
        assertThat(failure(source("/", ", \"response\": \"/none\""), "{}")
                        .toError()
                        .getCode())
                .isEqualTo("HTTP_RESPONSE");
    }

    @Test
    void shouldAnswerStatusAndTextOfWhatIsNoJson() throws Exception {
        assertThat(execute(source("/text", ""), "{}")).isEqualTo("{\"status\":200,\"text\":\"hello\"}");
    }

    @ParameterizedTest
    @CsvSource({"400,false", "404,false", "429,true", "500,false", "502,true", "503,true", "504,true"})
    void shouldFailWithTheStatus(int status, boolean retryable) {
        server.createContext("/status", exchange -> answer(exchange, status, "text/plain", "no"));

        ToolError error = failure(source("/status", ""), "{}").toError();

        assertThat(error.getKind()).isEqualTo(ErrorKind.RUNTIME);
        assertThat(error.getCode()).isEqualTo("HTTP_STATUS");
        assertThat(error.getMessage()).contains("a.test", String.valueOf(status));
        assertThat(error.getRetryable()).isEqualTo(retryable);
    }

    @Test
    void shouldSendAgainWhatMayPass() throws Exception {
        AtomicInteger count = new AtomicInteger();
        server.createContext("/flaky", exchange -> {
            int attempt = count.incrementAndGet();
            if (attempt == 2) {
                exchange.getResponseHeaders().add("Retry-After", "3");
            }
            answer(exchange, attempt < 3 ? 503 : 200, "application/json", "[]");
        });

        String output = execute(source("/flaky", ", \"retry\": 3"), "{}");

        assertThat(output).isEqualTo("[]");
        assertThat(context.slept()).containsExactly(Duration.ofMillis(200), Duration.ofSeconds(3));
    }

    @Test
    void shouldSendNoMoreOftenThanItMay() {
        server.createContext("/down", exchange -> answer(exchange, 503, "text/plain", "no"));

        assertThat(failure(source("/down", ", \"retry\": 2"), "{}").toError().getCode())
                .isEqualTo("HTTP_STATUS");
        assertThat(seen).hasSize(2);
    }

    @Test
    void shouldNotSendAgainWhatCannotPassOrHasNoTime() {
        server.createContext("/gone", exchange -> answer(exchange, 404, "text/plain", "no"));
        server.createContext("/late", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "100");
            answer(exchange, 503, "text/plain", "no");
        });

        assertThat(failure(source("/gone", ", \"retry\": 3"), "{}")).hasMessageContaining("404");
        assertThat(failure(source("/late", ", \"retry\": 3"), "{}")).hasMessageContaining("503");
        assertThat(seen).hasSize(2);
        assertThat(context.slept()).isEmpty();
    }

    private ToolFailure failureOnce(String path) {
        ToolDefinition once = ToolDefinition.newBuilder(
                        definition(source(path, ", \"method\": \"POST\""), List.of("a.test")))
                .setSideEffects(SideEffects.ONCE)
                .build();
        return catchThrowableOfType(ToolFailure.class, () -> tools.prepare(once).execute(Values.parse("{}"), context));
    }

    @Test
    void shouldSayOfAToolThatMustNeverRunTwiceThatNobodyKnowsWhatTheServerDid() {
        server.createContext("/broken", HttpExchange::close);
        server.createContext("/busy", exchange -> answer(exchange, 503, "text/plain", "no"));

        ToolFailure lost = failureOnce("/broken");
        ToolFailure refused = failureOnce("/busy");
        server.stop(0);
        ToolFailure unsent = failureOnce("/");

        assertThat(lost.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused.toError().getRetryable()).isFalse();
        assertThat(unsent.toError().getCode()).isEqualTo("HTTP_CONNECTION");
        assertThat(unsent.toError().getRetryable()).isTrue();
    }

    @Test
    void shouldNotSendAgainWhatMustNeverRunTwice() {
        ToolDefinition once = ToolDefinition.newBuilder(definition(source("/", ", \"retry\": 2"), List.of("a.test")))
                .setSideEffects(SideEffects.ONCE)
                .build();

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> tools.prepare(once));

        assertThat(failure.toError().getField()).isEqualTo("source.retry");
    }

    @Test
    void shouldRefuseHostsThatItsLimitsDoNotName() throws Exception {
        ToolFailure failure = catchThrowableOfType(
                ToolFailure.class,
                () -> tools.prepare(definition(source("/", ""), List.of("b.test")))
                        .execute(Values.parse("{}"), context));
        ToolFailure none = catchThrowableOfType(
                ToolFailure.class,
                () -> tools.prepare(definition(source("/", ""), List.of())).execute(Values.parse("{}"), context));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(none.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldAnswerNoMoreThanItsLimits() {
        server.createContext("/large", exchange -> answer(exchange, 200, "text/plain", "x".repeat(1001)));

        assertThat(failure(source("/large", ""), "{}").toError().getCode()).isEqualTo("TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "."})
    void shouldNotLetAnInputStepUpwards(String value) {
        assertThat(failure(source("/u/{id}/x", ""), "{\"id\": \"" + value + "\"}")
                        .toError()
                        .getField())
                .isEqualTo("id");
    }

    @Test
    void shouldNotLetASecretBreakTheHeadNorShowIt() {
        ToolFailure failure = failure(source("/", ", \"headers\": {\"Token\": \"${secret:BROKEN}\"}"), "{}");

        assertThat(failure).hasMessageContaining("'token'");
        assertThat(failure.getMessage()).doesNotContain("lines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "not json",
                "{\"url\": \"ftp://a.test/\"}",
                "{\"url\": \"{host}/\"}",
                "{\"url\": \"http://a.test/${secret:API}\"}",
                "{\"url\": \"http://a.test/\", \"query\": {\"key\": \"${secret:API}\"}}",
                "{\"url\": \"http://a.test/\", \"method\": \"POST\", \"body\": {\"a\": [\"${secret:API}\"]}}",
                "{\"url\": \"http://a.test/\", \"method\": \"TRACE\"}",
                "{\"url\": \"http://a.test/\", \"body\": \"input\"}",
                "{\"url\": \"http://a.test/\", \"headers\": {\"Host\": \"b.test\"}}",
                "{\"url\": \"http://a.test/\", \"headers\": {\"a b\": \"\"}}",
                "{\"url\": \"http://a.test/\", \"method\": \"POST\", \"retry\": 2}",
                "{\"url\": \"http://a.test/\", \"retry\": 0}",
                "{\"url\": \"http://a.test/\", \"timeoutMs\": 0}",
                "{\"url\": \"http://a.test/\", \"response\": \"data\"}",
                "{\"url\": \"http://a.test/\", \"unknown\": 1}"
            })
    void shouldRefuseSourcesThatCannotWork(String source) {
        ToolFailure failure =
                catchThrowableOfType(ToolFailure.class, () -> tools.prepare(definition(source, List.of("a.test"))));

        assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION);
    }

    @Test
    void shouldRefuseADefinitionWithoutSource() {
        ToolFailure failure =
                catchThrowableOfType(ToolFailure.class, () -> tools.prepare(definition(null, List.of("a.test"))));

        assertThat(failure.toError().getField()).isEqualTo("source");
    }
}
