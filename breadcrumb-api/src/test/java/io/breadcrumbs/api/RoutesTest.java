package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Open;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.security.Issuer;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.security.TokenSettings;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route that the door has, asked by those who may not ask it. A new one without a declaration fails here. */
class RoutesTest {

    /** Whom nobody is asked to be known for: add to this only what shows nothing of any workspace. */
    private static final Set<String> OPEN = Set.of(
            "GET /openapi.json",
            "HEAD /openapi.json",
            "GET /docs",
            "HEAD /docs",
            "GET /docs/{file}",
            "HEAD /docs/{file}");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration READ = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    private static Issuer issuer;
    private static Door door;
    private static String curatorsKey = "";
    private static String revokedKey = "";
    private static String expiredKey = "";

    /** One who asks where it may not, and what it is told. */
    enum Stranger {
        WITHOUT_A_TOKEN(401),
        WITH_AN_EXPIRED_TOKEN(401),
        WITH_A_REVOKED_KEY(401),
        WITH_AN_EXPIRED_KEY(401),
        WITH_ANOTHER_SECRET(401),
        IN_ANOTHER_WORKSPACE(404),
        WITH_A_KEY_IN_ANOTHER_WORKSPACE(404),
        IN_ANOTHER_ROLE(403);

        private final int status;

        Stranger(int status) {
            this.status = status;
        }

        private List<String> headers(Role needed) {
            return switch (this) {
                case WITHOUT_A_TOKEN -> List.of();
                case WITH_AN_EXPIRED_TOKEN -> bearer(issuer.token(Issuer.expired(Issuer.claims("ours", "curator"))));
                case WITH_A_REVOKED_KEY -> bearer(revokedKey);
                case WITH_AN_EXPIRED_KEY -> List.of("X-API-Key", expiredKey);
                case WITH_ANOTHER_SECRET -> bearer(curatorsKey.substring(0, curatorsKey.length() - 4) + "0000");
                case IN_ANOTHER_WORKSPACE -> theirs(bearer(issuer.token(Issuer.claims("ours", "curator"))));
                case WITH_A_KEY_IN_ANOTHER_WORKSPACE -> theirs(bearer(curatorsKey));
                case IN_ANOTHER_ROLE -> bearer(issuer.token(Issuer.claims("ours", others(needed))));
            };
        }

        private static List<String> bearer(String token) {
            return List.of("Authorization", "Bearer " + token);
        }

        private static List<String> theirs(List<String> headers) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of("Breadcrumbs-Workspace", "theirs"));
            return all;
        }

        private static String[] others(Role needed) {
            return Arrays.stream(Role.values())
                    .filter(role -> role != needed && role != Role.CURATOR)
                    .map(Role::text)
                    .toArray(String[]::new);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        issuer = new Issuer();
        TokenSettings tokens =
                TokenSettings.of(issuer.write(folder.resolve("keys.json")).toUri(), Issuer.NAME, Issuer.AUDIENCE);
        door = Door.start(
                new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(SecuritySettings.ON.withTokens(tokens)),
                new Nothing());
        door.context().getBean(Behind.class).is(keys());
    }

    /** As the log has them. */
    private static AccessKeys keys() {
        SeededScheduler scheduler = new SeededScheduler(1);
        MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
        MemoryBus bus = MemoryBus.in(cluster.process("api"), MemoryBus.wire(), scheduler);
        AccessKeys keys = new AccessKeys(bus);
        Instant now = Instant.now();
        CompletableFuture<AccessKeys.Made> curator = AccessKeys.make(bus, grant(null), "test", now);
        CompletableFuture<AccessKeys.Made> revoked = AccessKeys.make(bus, grant(null), "test", now);
        CompletableFuture<AccessKeys.Made> expired = AccessKeys.make(bus, grant(now), "test", now);
        scheduler.run(READ);
        curatorsKey = curator.join().key();
        revokedKey = revoked.join().key();
        expiredKey = expired.join().key();
        AccessKeys.revoke(bus, keys.holder(revokedKey, now).orElseThrow(), "test", now);
        scheduler.run(READ);
        return keys;
    }

    private static AccessKeys.Grant grant(@org.jspecify.annotations.Nullable Instant expires) {
        return new AccessKeys.Grant("ours", "ann", List.of("curator"), expires);
    }

    @AfterAll
    static void stop() {
        door.close();
        HTTP.close();
    }

    private static List<UriRouteInfo<?, ?>> routes() {
        return new ArrayList<>(door.context().getBean(Router.class).uriRoutes().toList());
    }

    private static List<UriRouteInfo<?, ?>> guarded() {
        List<UriRouteInfo<?, ?>> guarded =
                routes().stream().filter(route -> !isOpen(route)).toList();
        assertThat(guarded).hasSizeGreaterThan(10);
        return guarded;
    }

    private static boolean isOpen(UriRouteInfo<?, ?> route) {
        return route.getTargetMethod().getDeclaringType() == HealthEndpoint.class || OPEN.contains(name(route));
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
    }

    private static Role needed(UriRouteInfo<?, ?> route) {
        return route.getAnnotationMetadata()
                .enumValue(Needs.class, Role.class)
                .orElseThrow(() -> new AssertionError(name(route) + " does not say @Needs(Role...)"));
    }

    private static HttpResponse<String> ask(UriRouteInfo<?, ?> route, List<String> headers) throws Exception {
        String path = route.getUriMatchTemplate().toPathString().replaceAll("\\{[^}]*}", "x");
        return ask(route.getHttpMethodName(), path, headers);
    }

    private static HttpResponse<String> ask(String method, String path, List<String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(door.url() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json");
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldSayOfEveryRouteWhoMayAskIt() {
        assertThat(routes()).allSatisfy(route -> {
            if (!isOpen(route)) {
                assertThat(needed(route)).as(name(route)).isNotNull();
            }
            assertThat(route.getAnnotationMetadata().hasAnnotation(Open.class))
                    .as("%s is open: list it", name(route))
                    .isEqualTo(OPEN.contains(name(route)));
        });
    }

    @ParameterizedTest
    @EnumSource(Stranger.class)
    void shouldLetNobodyInWhoMayNot(Stranger stranger) throws Exception {
        for (UriRouteInfo<?, ?> route : guarded()) {
            HttpResponse<String> answer = ask(route, stranger.headers(needed(route)));

            assertThat(answer.statusCode())
                    .as("%s %s: %s", stranger, name(route), answer.body())
                    .isEqualTo(stranger.status);
            assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                    .isEqualTo(stranger.status == 401);
            if (!route.getHttpMethodName().equals("HEAD")) {
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            }
        }
    }

    @Test
    void shouldLetInWhoMay() throws Exception {
        for (UriRouteInfo<?, ?> route : guarded()) {
            List<String> byRole = Stranger.bearer(
                    issuer.token(Issuer.claims("ours", needed(route).text())));
            List<String> byKey = List.of("X-API-Key", curatorsKey, "Breadcrumbs-Workspace", "ours");

            assertThat(List.of(
                            ask(route, byRole).statusCode(), ask(route, byKey).statusCode()))
                    .as(name(route))
                    .doesNotContain(401, 403, 404);
        }
    }

    @Test
    void shouldTakeACookieForReadingOnly() throws Exception {
        List<String> cookie = List.of("Cookie", "breadcrumbs-token=" + curatorsKey);

        assertThat(ask("GET", "/platform", cookie).statusCode()).isEqualTo(200);
        assertThat(ask("POST", "/breadcrumbs", cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldShowWhatIsOpenWithoutWhatIsInside() throws Exception {
        HttpResponse<String> health = ask("GET", "/health", List.of());

        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(ask("GET", "/nowhere", List.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeNoKeyFromAnAddress() throws Exception {
        assertThat(ask("GET", "/platform?access_token=" + curatorsKey, List.of())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldNotOpenToOthersWithoutSecurity() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DoorSettings("0.0.0.0", 0, "k", "r", "i", "v", SecuritySettings.OFF))
                .withMessageContaining("0.0.0.0");
    }
}
