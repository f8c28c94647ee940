package io.breadcrumbs.sdk.egress;

import io.breadcrumbs.sdk.Trace;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to send.
 *
 * @param headers names in lower case
 * @param confidential names of headers that no other host may see; credentials always are
 * @param body text, sent as UTF-8
 */
public record WebRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        Set<String> confidential,
        @Nullable String body) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> BODILESS = Set.of("GET", "HEAD");
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "accept-encoding");
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]*");

    /** @throws IllegalArgumentException that names the part at fault, but no header's value: it may be a secret */
    public WebRequest {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method: expected one of " + new TreeSet<>(METHODS) + ", got " + method);
        }
        if (body != null && BODILESS.contains(method)) {
            throw new IllegalArgumentException("body: expected none with " + method + ", got one");
        }
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        lower.forEach(WebRequest::check);
        headers = Map.copyOf(lower);
        Set<String> hidden = new TreeSet<>(CREDENTIALS);
        confidential.forEach(name -> hidden.add(name.toLowerCase(Locale.ROOT)));
        confidential = Set.copyOf(hidden);
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "headers: expected names of letters, digits and '-', got '" + name + "'");
        }
        if (OURS.contains(name)) {
            throw new IllegalArgumentException("headers: expected no '" + name + "': the client sets it");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("headers: expected one line of Latin-1 text as '" + name + "'");
        }
    }

    /** Whether a request of this method may be sent again. */
    public static boolean repeatable(String method) {
        return REPEATABLE.contains(method);
    }

    /** The same request as part of a trace, unless it says itself of which; null, or no traceparent: of none. */
    WebRequest inTrace(@Nullable String traceparent) {
        if (traceparent == null || !Trace.isOne(traceparent) || headers.containsKey(Trace.HEADER)) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(headers);
        more.put(Trace.HEADER, traceparent);
        return new WebRequest(method, uri, more, confidential, body);
    }

    /** The same request for another place. */
    WebRequest to(URI other) {
        return new WebRequest(method, other, headers, confidential, body);
    }

    /** The same request, without what only its first host may see. */
    WebRequest withoutConfidential() {
        return new WebRequest(method, uri, keep(name -> !confidential.contains(name)), confidential, body);
    }

    /** A GET instead, without what describes a body. */
    WebRequest asGet() {
        return new WebRequest("GET", uri, keep(name -> !name.startsWith("content-")), confidential, null);
    }

    private Map<String, String> keep(Predicate<String> which) {
        Map<String, String> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(which.negate());
        return kept;
    }
}
