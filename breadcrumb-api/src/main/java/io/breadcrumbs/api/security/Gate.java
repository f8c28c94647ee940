package io.breadcrumbs.api.security;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Open;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.RateLimits;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands before all routes: says who asks, in which workspace, and lets through who has the role that is needed. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Gate implements Ordered {

    private static final int NAME_CHARS = 256;

    private final SecuritySettings settings;
    private final Behind behind;
    private final Origins origins;
    private final @Nullable Tokens tokens;
    private final RateLimits rates;

    Gate(SecuritySettings settings, Behind behind) {
        this.settings = settings;
        this.behind = behind;
        this.origins = new Origins(settings);
        this.rates = new RateLimits(settings.limits(), System::nanoTime);
        TokenSettings verified = settings.tokens();
        this.tokens = verified == null ? null : new Tokens(verified);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    /** Keys may have to be read from elsewhere: not on the threads that carry all requests. */
    @RequestFilter
    @ExecuteOn(TaskExecutors.VIRTUAL)
    void pass(HttpRequest<?> request) {
        origins.check(request);
        checkEncoding(request);
        checkLength(request);
        RouteInfo<?> route = RouteAttributes.getRouteInfo(request).orElse(null);
        if (route == null || isOpen(route)) {
            count(address(request));
            return; // where there is no route there is nothing to be seen
        }
        Caller caller = settings.on() ? caller(counted(request), request) : anybody(request);
        Role needed = needed(route)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.FORBIDDEN, "the route says neither that it is open nor which role it needs"));
        if (!caller.may(needed)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "expected the role " + needed.text() + " in workspace " + caller.workspace() + ", got "
                            + caller.roles().stream().map(Role::text).sorted().toList());
        }
        caller.asks(request);
    }

    private static void checkEncoding(HttpRequest<?> request) {
        String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemCode.MEDIA_TYPE, "Content-Encoding: expected none, got " + encoding);
        }
    }

    /** Also where the route takes no body: who is still sending when it is answered may not hear all of the answer. */
    private void checkLength(HttpRequest<?> request) {
        long length = request.getContentLength();
        int most = settings.limits().bodyBytes();
        if (length > most) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "expected a body of at most " + most + " bytes, got one of " + length);
        }
    }

    /** What a route says of itself; a role that it names counts before all else. */
    static Optional<Role> needed(RouteInfo<?> route) {
        return route.getAnnotationMetadata().enumValue(Needs.class, Role.class);
    }

    static boolean isOpen(RouteInfo<?> route) {
        AnnotationMetadata said = route.getAnnotationMetadata();
        boolean health = route instanceof MethodBasedRouteInfo<?, ?> method
                && method.getTargetMethod().getDeclaringType() == HealthEndpoint.class;
        return health || (said.hasAnnotation(Open.class) && !said.hasAnnotation(Needs.class));
    }

    /** Whom nobody knows is counted by where it comes from, so that trying keys has a bound too. */
    private Known counted(HttpRequest<?> request) {
        Known known;
        try {
            known = known(request);
        } catch (ProblemException stranger) {
            count(address(request));
            throw stranger;
        }
        count(known.id());
        return known;
    }

    private void count(String caller) {
        if (!rates.take(caller)) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY,
                    "expected at most " + settings.limits().requestsPerSecond() + " requests a second, and "
                            + settings.limits().burst() + " at once, got more");
        }
    }

    private static String address(HttpRequest<?> request) {
        return "address " + request.getRemoteAddress().getAddress().getHostAddress();
    }

    private Known known(HttpRequest<?> request) {
        String said = Credentials.of(request);
        if (said == null) {
            throw new ProblemException(
                    ProblemCode.UNAUTHENTICATED, "expected the header Authorization: Bearer ..., got none");
        }
        if (!said.startsWith("bck_")) {
            if (tokens == null) {
                throw new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "expected a key of the platform; tokens are not taken here");
            }
            return tokens.known(said);
        }
        AccessKeys keys = behind.get(AccessKeys.class);
        if (!keys.whenRead().isDone()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the keys in the log have not all been read yet");
        }
        AccessKey key = keys.holder(said, Instant.now())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "the key is unknown, revoked, or its time is over"));
        return Known.of(
                "key " + key.getKeyId(), key.getName(), List.of(key.getMeta().getWorkspace()), key.getRoles());
    }

    private static Caller caller(Known known, HttpRequest<?> request) {
        if (known.workspaces().isEmpty()) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "the token names no workspace");
        }
        String asked = request.getHeaders().get(Caller.WORKSPACE);
        String workspace = asked == null ? known.workspaces().getFirst() : asked;
        if (!known.workspaces().contains(workspace)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "expected a workspace that the caller may be in, got " + workspace);
        }
        return new Caller(workspace, known.name(), known.roles());
    }

    /** Without security a caller is who it says it is. */
    private Caller anybody(HttpRequest<?> request) {
        count(address(request));
        return new Caller(
                said(request, Caller.WORKSPACE, Metas.DEFAULT_WORKSPACE),
                said(request, Caller.AGENT, "http"),
                EnumSet.allOf(Role.class));
    }

    private static String said(HttpRequest<?> request, String header, String otherwise) {
        String said = request.getHeaders().get(header);
        if (said == null) {
            return otherwise;
        }
        if (said.isBlank() || said.length() > NAME_CHARS) {
            throw Bodies.wrong(header, "expected 1 to " + NAME_CHARS + " characters, got " + said.length());
        }
        return said;
    }
}
