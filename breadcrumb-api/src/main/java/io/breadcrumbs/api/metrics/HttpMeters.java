package io.breadcrumbs.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times requests, by route and status: until the answer begins, for streams too. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class HttpMeters {

    private static final String BEGAN = "breadcrumbs.began";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();

    /** @param route as it is declared: what callers make up never becomes a tag */
    private record Answered(String method, String route, int status) {}

    HttpMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(BEGAN, System.nanoTime());
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        long began = request.getAttribute(BEGAN, Long.class).orElseGet(System::nanoTime);
        String route = BasicHttpAttributes.getUriTemplate(request).orElse("none");
        String method = route.equals("none") ? "any" : request.getMethodName();
        timers.computeIfAbsent(new Answered(method, route, response.code()), this::timer)
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    private Timer timer(Answered answered) {
        return Timer.builder("breadcrumbs.http.requests")
                .description("Requests, from their coming until their answer begins")
                .tag("method", answered.method())
                .tag("route", answered.route())
                .tag("status", String.valueOf(answered.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
