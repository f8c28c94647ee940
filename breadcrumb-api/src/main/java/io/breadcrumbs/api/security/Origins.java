package io.breadcrumbs.api.security;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what a browser sends for a page that nobody has allowed to. */
final class Origins {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String MCP = "/mcp";

    private final SecuritySettings settings;

    Origins(SecuritySettings settings) {
        this.settings = settings;
    }

    void check(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        // a page can give its own name the address of this machine: then it reads as if it came from here
        if (!settings.on() && host != null && !Loopback.isAuthority(host)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Host: expected a name of this machine while security is off, got " + host);
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        boolean reads = READING.contains(request.getMethod())
                && !isForeignToThisMachine(origin, host)
                && !request.getPath().equals(MCP)
                && !request.getPath().startsWith(MCP + "/");
        if (origin != null && !reads && !allowed(origin, host)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Origin: expected one that the settings allow, got " + origin);
        }
    }

    /** Pages of elsewhere may not even ask what listens on this machine only. */
    private static boolean isForeignToThisMachine(@Nullable String origin, @Nullable String host) {
        return origin != null
                && host != null
                && Loopback.isAuthority(host)
                && !Loopback.isAuthority(origin.replaceFirst("^https?://", ""));
    }

    /** Its own pages are allowed where its name cannot be another's. */
    private boolean allowed(String origin, @Nullable String host) {
        return settings.origins().contains(origin)
                || (host != null && Loopback.isAuthority(host) && origin.equals("http://" + host));
    }
}
