package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.egress.WebRequest;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the request of an HTTP tool comes out of its input. */
final class RequestPlan {

    private static final Pattern SCHEME = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    private final String method;
    private final Template url;
    private final Map<String, Template> query;
    private final Map<String, Template> headers;
    private final @Nullable BodyPlan body;

    private RequestPlan(
            String method,
            Template url,
            Map<String, Template> query,
            Map<String, Template> headers,
            @Nullable BodyPlan body) {
        this.method = method;
        this.url = url;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    /** Reads what a source says of the request; fails with what cannot work. */
    static RequestPlan of(HttpSource source) throws ToolFailure {
        String method = source.method() == null ? "GET" : source.method().toUpperCase(Locale.ROOT);
        if (!SCHEME.matcher(source.url()).matches()) {
            throw ToolFailure.invalid("source.url", "expected a URL that begins with http:// or https://");
        }
        Template url = Template.of(source.url());
        Map<String, Template> query = templates(source.query());
        JsonNode body = source.body();
        RequestPlan plan = new RequestPlan(
                method,
                url,
                query,
                templates(source.headers()),
                body == null || body.isNull() ? null : BodyPlan.of(body));
        if (url.hasSecret() || query.values().stream().anyMatch(Template::hasSecret)) {
            throw ToolFailure.invalid("source.url", "expected no secret in URL and query: put it into a header");
        }
        if (plan.body != null && plan.body.hasSecret()) {
            throw ToolFailure.invalid("source.body", "expected no secret in the body: put it into a header");
        }
        plan.tryOut();
        return plan;
    }

    private static Map<String, Template> templates(@Nullable Map<String, String> texts) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (texts != null) {
            texts.forEach((name, text) -> templates.put(name, Template.of(text)));
        }
        return templates;
    }

    /** Finds a wrong method or header's name before there is a request. */
    private void tryOut() throws ToolFailure {
        Map<String, String> empty = new TreeMap<>();
        headers.keySet().forEach(name -> empty.put(name, ""));
        try {
            new WebRequest(method, URI.create("http://localhost/"), empty, Set.of(), body == null ? null : "");
        } catch (IllegalArgumentException e) {
            throw ToolFailure.invalid("source", String.valueOf(e.getMessage()));
        }
    }

    String method() {
        return method;
    }

    /** The request for one input. */
    WebRequest request(JsonNode input, ToolContext context) throws ToolFailure {
        Map<String, String> filled = new TreeMap<>();
        Set<String> confidential = new TreeSet<>();
        for (Map.Entry<String, Template> header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            filled.put(name, header.getValue().fill(input, context, (_, value) -> value));
            if (header.getValue().hasSecret()) {
                confidential.add(name);
            }
        }
        String text = null;
        if (body != null) {
            text = body.fill(input, context);
            filled.putIfAbsent("content-type", body.type());
        }
        try {
            return new WebRequest(method, uri(input, context), filled, confidential, text);
        } catch (IllegalArgumentException e) {
            throw ToolFailure.invalid("", String.valueOf(e.getMessage()));
        }
    }

    private URI uri(JsonNode input, ToolContext context) throws ToolFailure {
        StringBuilder text = new StringBuilder(url.fill(input, context, RequestPlan::segment));
        char separator = text.indexOf("?") < 0 ? '?' : '&';
        for (Map.Entry<String, Template> parameter : query.entrySet()) {
            @Nullable String field = parameter.getValue().field();
            if (field != null && Template.value(field, input) == null) {
                continue;
            }
            text.append(separator).append(encoded(parameter.getKey())).append('=');
            text.append(encoded(parameter.getValue().fill(input, context, (_, value) -> value)));
            separator = '&';
        }
        return URI.create(text.toString());
    }

    /** A value cannot leave its place: whatever separates is encoded, and steps upwards are refused. */
    private static String segment(String field, String value) throws ToolFailure {
        if (value.equals(".") || value.equals("..")) {
            throw ToolFailure.invalid(field, "expected something else than '" + value + "' as part of a URL");
        }
        return encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
