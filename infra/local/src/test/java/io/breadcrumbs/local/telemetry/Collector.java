package io.breadcrumbs.local.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.shaded.com.google.protobuf.ByteString;
import org.apache.kafka.shaded.io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.AnyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.KeyValue;

/** Takes traces by OTLP over HTTP, and is a page that tools can ask for. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Map<String, String> resource = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /**
     * A span that was sent.
     *
     * @param parent empty: it has none
     */
    record Span(
            String name,
            String trace,
            String id,
            String parent,
            String kind,
            boolean failed,
            Map<String, String> attributes) {

        Span {
            attributes = Map.copyOf(attributes);
        }

        String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.createContext("/page", this::page);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    URI uri() {
        return URI.create(url(""));
    }

    /** What was sent of a trace. */
    List<Span> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /** All of these names. */
    List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    String resource(String key) {
        return resource.getOrDefault(key, "");
    }

    /** The traceparents with which the page was asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(of -> {
                resource.putAll(attributes(of.getResource().getAttributesList()));
                of.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> spans.add(span(span))));
            });
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Span span(org.apache.kafka.shaded.io.opentelemetry.proto.trace.v1.Span span) {
        return new Span(
                span.getName(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getKind().name(),
                span.getStatus().getCodeValue() == 2,
                attributes(span.getAttributesList()));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Map<String, String> attributes(List<KeyValue> all) {
        Function<AnyValue, String> text =
                value -> value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue();
        return all.stream().collect(Collectors.toMap(KeyValue::getKey, one -> text.apply(one.getValue())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
