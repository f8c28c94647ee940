package io.breadcrumbs.runner.provider.mcp.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An MCP server in this process that speaks streamable HTTP, in all the ways that servers do and should not. */
public final class TrialHttpServer implements AutoCloseable {

    /** What it can be asked for: each tool answers in another way. */
    public static final List<String> TOOLS = List.of(
            "echo",
            "fail",
            "structured",
            "document",
            "almost",
            "mixed",
            "nothing",
            "stream",
            "hang",
            "resume",
            "cut",
            "big",
            "busy",
            "refuse",
            "invalid",
            "nonsense");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Collection<OutputStream> listening = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<String> tools = new ConcurrentSkipListSet<>(TOOLS);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private volatile String session = "";
    private volatile boolean speaks = true;

    public TrialHttpServer() throws IOException {
        this(0);
    }

    /** On a port that another one had before. */
    public TrialHttpServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    /** Messages of this method, in order. */
    public List<JsonNode> heard(String method) {
        return heard.stream()
                .filter(message -> message.path("method").asText().equals(method))
                .toList();
    }

    /** HTTP methods with session and protocol version, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Nobody reads the answer of {@code hang} any more. */
    public boolean isHungUp(long seconds) throws InterruptedException {
        return hungUp.await(seconds, TimeUnit.SECONDS);
    }

    public boolean isListenedTo() {
        return !listening.isEmpty();
    }

    /** From now on it says nothing by itself. */
    public void fallSilent() {
        speaks = false;
    }

    /** It has other tools, and says so to whoever listens. */
    public void change(Set<String> others, boolean saysSo) throws IOException {
        tools.clear();
        tools.addAll(others);
        if (saysSo) {
            for (OutputStream stream : listening) {
                event(stream, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
            }
        }
    }

    /** Ends the streams of those who listen. */
    public void stopTalking() throws IOException {
        for (OutputStream stream : List.copyOf(listening)) {
            listening.remove(stream);
            stream.close();
        }
    }

    /** As if it had been started again. */
    public void forgetSession() {
        session = "another";
    }

    private void serve(HttpExchange exchange) throws IOException {
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
        requests.add(exchange.getRequestMethod() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("MCP-Protocol-Version"));
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                JsonNode message = JSON.readTree(exchange.getRequestBody());
                heard.add(message);
                if (message.path("method").asText().equals("initialize")) {
                    initialize(exchange, message);
                } else if (sent.equals(session)) {
                    answer(exchange, message);
                } else {
                    status(exchange, 404);
                }
            }
            case "GET" -> {
                if (exchange.getRequestHeaders().getFirst("Last-Event-ID") != null) {
                    OutputStream stream = events(exchange);
                    event(stream, "data: " + exchange.getRequestHeaders().getFirst("Last-Event-ID") + "\n\n");
                    stream.close();
                } else if (speaks) {
                    listening.add(events(exchange));
                } else {
                    status(exchange, 405);
                }
            }
            default -> status(exchange, sent.equals(session) ? 200 : 404);
        }
    }

    private void initialize(HttpExchange exchange, JsonNode message) throws IOException {
        session = UUID.randomUUID().toString();
        exchange.getResponseHeaders().add("Mcp-Session-Id", session);
        ObjectNode result = JSON.createObjectNode().put("protocolVersion", "2025-06-18");
        result.putObject("capabilities").putObject("tools").put("listChanged", true);
        result.putObject("serverInfo").put("name", "trial").put("version", "1.2");
        json(exchange, result(message, result));
    }

    private void answer(HttpExchange exchange, JsonNode message) throws IOException {
        switch (message.path("method").asText()) {
            case "tools/list" -> json(exchange, result(message, list(message)));
            case "tools/call" -> call(exchange, message);
            default -> status(exchange, 202);
        }
    }

    /** One tool a page. */
    private ObjectNode list(JsonNode message) {
        String from = message.path("params").path("cursor").asText("");
        List<String> rest =
                tools.stream().filter(tool -> tool.compareTo(from) > 0).toList();
        ObjectNode result = JSON.createObjectNode();
        ArrayNode page = result.putArray("tools");
        rest.stream()
                .limit(1)
                .forEach(tool -> page.addObject()
                        .put("name", tool)
                        .putObject("inputSchema")
                        .put("type", "object"));
        if (rest.size() > 1) {
            result.put("nextCursor", rest.getFirst());
        }
        return result;
    }

    private void call(HttpExchange exchange, JsonNode message) throws IOException {
        JsonNode params = message.path("params");
        String said = params.path("arguments").path("message").asText();
        switch (params.path("name").asText()) {
            case "echo" -> json(exchange, result(message, text("echo: " + said)));
            case "fail" ->
                json(exchange, result(message, text("it did not work").put("isError", true)));
            case "structured" -> {
                ObjectNode result = text("not this");
                result.putObject("structuredContent").put("said", said);
                json(exchange, result(message, result));
            }
            case "document" -> json(exchange, result(message, text(" {\"text\": \"" + said + "\"}\n")));
            case "almost" -> json(exchange, result(message, text("{" + said)));
            case "mixed" -> {
                ObjectNode result = text(said);
                result.withArray("content")
                        .addObject()
                        .put("type", "image")
                        .put("data", "aGk=")
                        .put("mimeType", "image/png");
                json(exchange, result(message, result));
            }
            case "nothing" -> {
                ObjectNode result = JSON.createObjectNode();
                result.putArray("content");
                json(exchange, result(message, result));
            }
            case "big" -> json(exchange, result(message, text("x".repeat(100_000))));
            case "busy" -> status(exchange, 503);
            case "refuse" -> json(exchange, error(message, -32603, "not today"));
            case "invalid" -> json(exchange, error(message, -32602, "not like this"));
            case "nonsense" -> json(exchange, JSON.createObjectNode().put("hello", "world"));
            case "stream" -> {
                try (OutputStream stream = events(exchange)) {
                    event(stream, "event: ping\ndata: x\n\n" + progress(params) + "data: no message\n\n");
                    event(stream, "data: " + result(message, text("streamed")) + "\n\n");
                }
            }
            case "hang" -> hang(events(exchange), params);
            case "resume" -> {
                try (OutputStream stream = events(exchange)) {
                    event(stream, "id: " + result(message, text("resumed")) + "\nretry: 50\ndata:\n\n");
                }
            }
            default -> events(exchange).close();
        }
    }

    /** Until nobody reads any more. */
    private void hang(OutputStream stream, JsonNode params) {
        try {
            event(stream, progress(params));
            while (!Thread.currentThread().isInterrupted()) {
                event(stream, ": still there\n");
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            hungUp.countDown();
        }
    }

    private static String progress(JsonNode params) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                + params.path("_meta").path("progressToken") + ",\"progress\":1,\"total\":2,\"message\":\"half\"}}\n\n";
    }

    private static ObjectNode text(String text) {
        ObjectNode result = JSON.createObjectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }

    private static ObjectNode result(JsonNode request, ObjectNode result) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0");
        message.set("id", request.path("id"));
        return message.set("result", result);
    }

    private static ObjectNode error(JsonNode request, int code, String text) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0");
        message.set("id", request.path("id"));
        message.putObject("error").put("code", code).put("message", text);
        return message;
    }

    private static OutputStream events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        return exchange.getResponseBody();
    }

    private static void event(OutputStream stream, String event) throws IOException {
        stream.write(event.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private static void json(HttpExchange exchange, ObjectNode message) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(message);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Breaks all connections. */
    @Override
    public void close() {
        server.stop(0);
    }
}
