package io.breadcrumbs.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request, taken apart.
 *
 * @param path decoded segments
 * @param query decoded parameters
 */
record Request(String method, List<String> path, Map<String, String> query, String body) {

    /** The body is not what this path takes. */
    static final class BadBody extends Exception {
        private static final long serialVersionUID = 1;

        BadBody(String message) {
            super(message);
        }
    }

    static Request of(String method, URI uri, String body) {
        List<String> path = new ArrayList<>();
        for (String segment : uri.getRawPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                path.add(decode(segment.replace("+", "%2B")));
            }
        }
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Request(method, List.copyOf(path), Map.copyOf(query), body);
    }

    boolean flag(String name) {
        return "true".equals(query.get(name));
    }

    String text(String name) {
        return query.getOrDefault(name, "");
    }

    <T> T body(Class<T> type) throws BadBody {
        try {
            T value = JacksonMapper.INSTANCE.readValue(body, type);
            if (value == null) {
                throw new BadBody("expected a JSON object, got null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new BadBody("expected a " + type.getSimpleName() + " as JSON: " + e.getOriginalMessage());
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
