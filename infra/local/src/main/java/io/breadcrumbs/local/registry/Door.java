package io.breadcrumbs.local.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.confluent.kafka.schemaregistry.client.rest.entities.ErrorMessage;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP in, HTTP out: bounds and checks what comes, and writes replies. Runs on a virtual thread per request. */
final class Door implements HttpHandler {

    /** Far above any schema, far below what would hurt. */
    static final int MAX_BODY_BYTES = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final Routes routes;

    Door(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            switch (reply) {
                case Reply.Ok(Reply.RawJson(String text)) ->
                    write(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
                case Reply.Ok(Object body) -> write(exchange, 200, JacksonMapper.INSTANCE.writeValueAsBytes(body));
                case Reply.Failed failed -> {
                    ErrorMessage body = new ErrorMessage(failed.code(), failed.message());
                    write(exchange, failed.status(), JacksonMapper.INSTANCE.writeValueAsBytes(body));
                }
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return new Reply.Failed(413, "The body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        if (body.length > 0 && !json(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return new Reply.Failed(415, "HTTP 415 Unsupported Media Type: expected " + MEDIA_TYPE);
        }
        try {
            return routes.answer(Request.of(
                    exchange.getRequestMethod(), exchange.getRequestURI(), new String(body, StandardCharsets.UTF_8)));
        } catch (Request.BadBody | IllegalArgumentException e) {
            return new Reply.Failed(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("request {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return new Reply.Failed(500, "Internal Server Error");
        }
    }

    /** Anything but JSON is refused, which also keeps web pages from posting here behind their reader's back. */
    private static boolean json(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json");
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
