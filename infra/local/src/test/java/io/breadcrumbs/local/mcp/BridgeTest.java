package io.breadcrumbs.local.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.breadcrumbs.local.console.Console;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bridge between a client's lines and a server of ours that keeps sessions as the platform does. */
@Timeout(60)
class BridgeTest {

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final AtomicInteger sessions = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringWriter complaints = new StringWriter();
    private final PipedWriter client = new PipedWriter();
    private HttpServer server;
    private Thread bridge;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::serve);
        server.start();
        bridge = bridge(server.getAddress().getPort());
    }

    private Thread bridge(int port) throws IOException {
        PrintWriter out = new PrintWriter(
                new Writer() {
                    @Override
                    public void write(char[] chars, int from, int count) {
                        String text = new String(chars, from, count).strip();
                        if (!text.isEmpty()) {
                            lines.add(text);
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                },
                true);
        Console console = new Console(new PipedReader(client), out, new PrintWriter(complaints, true));
        return Thread.ofVirtual().start(() -> {
            try (Upstream upstream = new Upstream(URI.create("http://127.0.0.1:" + port + "/mcp"), Map.of("X", "y"))) {
                new Bridge(console, upstream).run();
            } catch (IOException e) {
                lines.add("failed: " + e);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        bridge.join();
        server.stop(0);
    }

    /** The newest session is known; a request is answered by its own method. */
    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        @Nullable String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
        heard.add(exchange.getRequestMethod() + " " + session + " " + body);
        Message message = Message.of(body.isEmpty() ? "{}" : body);
        if (message == null || exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 405, "application/json", "");
            return;
        }
        boolean begins = message.method().equals("initialize");
        if (begins) {
            exchange.getResponseHeaders().add("Mcp-Session-Id", "s" + sessions.incrementAndGet());
        } else if (message.ownVersion() == null && !("s" + sessions.get()).equals(session)) {
            answer(exchange, 404, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600}}");
            return;
        }
        if (!message.isRequest()) {
            answer(exchange, 202, "application/json", "");
            return;
        }
        String result = "{\"jsonrpc\":\"2.0\",\"id\":" + message.id()
                + ",\"result\":{\"protocolVersion\":\"v\",\"to\":\"" + message.method() + "\"}}";
        if (message.method().equals("streams")) {
            answer(
                    exchange,
                    200,
                    "text/event-stream",
                    ":\n\ndata: {\"n\":1}\n\nevent: message\ndata: " + result + "\n\n");
        } else {
            answer(exchange, 200, "application/json", result);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void say(String line) throws IOException {
        client.write(line + "\n");
        client.flush();
    }

    private String line() throws InterruptedException {
        String line = lines.poll(30, TimeUnit.SECONDS);
        return line == null ? "nothing within 30 s" : line;
    }

    private static String request(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
    }

    @Test
    void shouldCarryMessagesBothWaysAndEndTheSessionWithItsInput() throws Exception {
        say(INITIALIZE);
        assertThat(line()).contains("\"to\":\"initialize\"");
        say(INITIALIZED);
        say(request(1, "streams"));
        assertThat(line()).isEqualTo("{\"n\":1}");
        assertThat(line()).contains("\"id\":1", "\"to\":\"streams\"");

        client.close();
        bridge.join();

        assertThat(heard).anyMatch(one -> one.startsWith("POST s1 ") && one.contains("notifications/initialized"));
        assertThat(heard.getLast()).startsWith("DELETE s1");
    }

    @Test
    void shouldBeginANewSessionWhenTheOldOneIsLost() throws Exception {
        say(INITIALIZE);
        assertThat(line()).contains("\"to\":\"initialize\"");
        sessions.incrementAndGet(); // the platform was started anew

        say(request(1, "plain"));

        assertThat(line()).contains("\"id\":1", "\"to\":\"plain\"");
        assertThat(heard).anyMatch(one -> one.startsWith("POST s3 ") && one.contains("plain"));
        assertThat(lines).isEmpty();
    }

    @Test
    void shouldSendWhatNeedsNoSessionByItself() throws Exception {
        say("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"plain\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}");

        assertThat(line()).contains("\"id\":\"x\"", "\"to\":\"plain\"");
        assertThat(heard.getFirst()).startsWith("POST null");
    }

    @Test
    void shouldAnswerWhatIsNoMessageAndWhatNobodyAnswers() throws Exception {
        say("no json");
        assertThat(line()).contains("-32700");
        server.stop(0);

        say(request(7, "plain"));

        assertThat(line()).contains("\"id\":7", "-32603", "no platform answers");
        assertThat(complaints.toString()).contains("no platform answers");
    }
}
