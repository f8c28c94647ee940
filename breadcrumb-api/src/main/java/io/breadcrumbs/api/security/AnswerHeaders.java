package io.breadcrumbs.api.security;

import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/** Tells browsers to do with answers nothing but what was asked for. What a route says itself stays. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AnswerHeaders {

    private static final Map<String, String> USUAL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    @ResponseFilter
    void add(MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        USUAL.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.add(name, value);
            }
        });
    }
}
