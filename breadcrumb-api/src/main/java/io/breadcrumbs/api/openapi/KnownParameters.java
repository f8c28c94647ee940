package io.breadcrumbs.api.openapi;

import io.breadcrumbs.api.http.Bodies;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses what an address says behind its question mark and its route has not declared: a slip of the pen would
 * otherwise be a filter that selects everything. Stands behind the gate, so that strangers learn nothing of routes.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnownParameters implements Ordered {

    private final Described described = new Described();
    /** As many as there are routes. */
    private final Map<MethodBasedRouteInfo<?, ?>, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        Set<String> unknown = new TreeSet<>(request.getParameters().names());
        if (unknown.isEmpty()
                || !(RouteAttributes.getRouteInfo(request).orElse(null) instanceof MethodBasedRouteInfo<?, ?> route)) {
            return;
        }
        Set<String> names = known.computeIfAbsent(route, one -> described.inQuery(OpenApi.does(one)));
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw Bodies.wrong(
                    unknown.iterator().next(),
                    names.isEmpty()
                            ? "expected no parameter, got one"
                            : "expected a parameter among " + names + ", got another");
        }
    }
}
