package io.breadcrumbs.runner.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.egress.EgressSettings;
import io.breadcrumbs.sdk.egress.Guard;
import io.breadcrumbs.sdk.egress.Names;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRequestToolTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final ManualTime time = new ManualTime();
    private final FakeContext context = new FakeContext(time.now().plusSeconds(60), Map.of());
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
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .add("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(418, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpRequestTool tool(Reach reach, Names names) {
        WebClient client = new WebClient(new Guard(names), time, (SSLSocketFactory) SSLSocketFactory.getDefault());
        return new HttpRequestTool(client, time, new EgressSettings(reach, 1000, Duration.ofSeconds(10)));
    }

    private HttpRequestTool.Output execute(HttpRequestTool tool, String input) throws Exception {
        JsonShape.of(tool.spec().schemas().input()).check(Values.parse(input));
        HttpRequestTool.Output output = tool.execute(Values.read(input, HttpRequestTool.Input.class), context);
        JsonShape.of(tool.spec().schemas().output()).check(Values.parse(Values.write(output)));
        return output;
    }

    private String url() {
        return "http://a.test:" + server.getAddress().getPort() + "/";
    }

    @Test
    void shouldAnswerWithStatusHeadersAndBody() throws Exception {
        HttpRequestTool tool = tool(new Reach(Set.of("a.test"), false, true), _ -> List.of(HERE));

        HttpRequestTool.Output json =
                execute(tool, "{\"url\":\"" + url() + "\",\"method\":\"post\",\"body\":{\"a\":1},\"timeout_ms\":500}");
        HttpRequestTool.Output text =
                execute(tool, "{\"url\":\"" + url() + "\",\"method\":\"PUT\",\"body\":\"hello\"}");

        assertThat(json.status()).isEqualTo(418);
        assertThat(json.headers()).containsEntry("content-type", "application/json");
        assertThat(json.body()).isEqualTo(Values.parse("{\"a\":1}"));
        assertThat(text.body().textValue()).isEqualTo("hello");
    }

    @Test
    void shouldReachNothingUnlessTheSettingsSaySo() {
        ToolFailure failure = catchThrowableOfType(
                ToolFailure.class,
                () -> execute(tool(Reach.NOTHING, _ -> List.of(HERE)), "{\"url\":\"" + url() + "\"}"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldReachNoPrivateAddressThoughAnyPublicHostIsAllowed() {
        HttpRequestTool tool = tool(new Reach(Set.of(), true, true), _ -> List.of(HERE));

        ToolFailure failure =
                catchThrowableOfType(ToolFailure.class, () -> execute(tool, "{\"url\":\"" + url() + "\"}"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void shouldNameTheFieldAtFault() {
        HttpRequestTool tool = tool(Reach.NOTHING, _ -> List.of(HERE));

        ToolFailure late = catchThrowableOfType(
                ToolFailure.class, () -> execute(tool, "{\"url\":\"" + url() + "\",\"timeout_ms\":60001}"));
        ToolFailure url = catchThrowableOfType(ToolFailure.class, () -> execute(tool, "{\"url\":\"http://a b\"}"));

        assertThat(late.toError().getField()).isEqualTo("timeout_ms");
        assertThat(url.toError().getField()).isEqualTo("url");
    }

    @Test
    void shouldBeAToolLikeOthers() {
        JavaTools tools = new JavaTools(List.of(tool(Reach.NOTHING, Names.ofMachine())));

        assertThat(tools.has("http_request", "1")).isTrue();
    }
}
