package io.breadcrumbs.api.security;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where in a request a key or a token stands; never in its address, which logs and histories keep. */
final class Credentials {

    static final String KEY = "X-API-Key";

    /** For browsers, whose event streams carry no headers. Believed for reading only: other sites can send it too. */
    static final String COOKIE = "breadcrumbs-token";

    private static final String BEARER = "bearer ";
    private static final int MOST_CHARS = 8_000;

    private Credentials() {}

    /** Null if there is none. */
    static @Nullable String of(HttpRequest<?> request) {
        String said = said(request);
        return said == null || said.isBlank() || said.length() > MOST_CHARS ? null : said.strip();
    }

    private static @Nullable String said(HttpRequest<?> request) {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? authorization.substring(BEARER.length())
                    : null;
        }
        String key = request.getHeaders().get(KEY);
        if (key != null) {
            return key;
        }
        return request.getMethod() == HttpMethod.GET
                ? request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse(null)
                : null;
    }
}
