package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform at which callers must say who they are: keys by the command line, breadcrumbs over HTTP. */
@Timeout(180)
class SecurityIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OPEN_RUNS = 3;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data"))
                                .withSecurity(
                                        SecuritySettings.ON.withLimits(LimitSettings.USUAL.withOpenRuns(OPEN_RUNS))),
                        _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        platform.close();
    }

    private static String crumb(int code, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data.resolve("data"));
        int ended = CrumbCommand.run(
                Reader.nullReader(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", all, out, err).isEqualTo(code);
        return out.toString().strip();
    }

    /** A key that the platform knows. */
    private static String key(String name, String workspace, String... roles) throws Exception {
        String key =
                crumb(ExitCode.OK, "key", "create", name, "--workspace", workspace, "--role", String.join(",", roles));
        until(200, () -> send(key, "GET", "/platform", "").status());
        return key;
    }

    private interface Status {
        int now() throws Exception;
    }

    private static void until(int expected, Status status) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        int now = status.now();
        while (now != expected && System.nanoTime() < end) {
            now = status.now();
        }
        assertThat(now).isEqualTo(expected);
    }

    private record Reply(int status, JsonNode json) {}

    private static Reply send(String key, String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(platform.state().url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + key);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
    }

    private static String created(String key, String body) throws Exception {
        Reply created = send(key, "POST", "/breadcrumbs", body);
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        return "/breadcrumbs/" + created.json().get("id").asText();
    }

    @Test
    void shouldKeepWorkspacesApart() throws Exception {
        String ours = key("ann", "ours", "emitter", "subscriber");
        String theirs = key("eve", "theirs", "curator");
        String path = created(ours, "{\"schema_name\":\"apart.v1\"}");
        String open = created(ours, "{\"schema_name\":\"apart.v1\",\"access\":{\"visibility\":\"public\"}}");

        assertThat(send(ours, "GET", path, "").status()).isEqualTo(200);
        assertThat(send(theirs, "GET", path, "").status()).isEqualTo(404);
        assertThat(send(theirs, "GET", path, "", "Breadcrumbs-Workspace", "ours")
                        .status())
                .isEqualTo(404);
        assertThat(send(theirs, "DELETE", path, "").status()).isEqualTo(404);
        assertThat(send(theirs, "GET", path + "/history", "").status()).isEqualTo(404);
        assertThat(send(theirs, "GET", "/breadcrumbs?schema_name=apart.v1", "")
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(send(theirs, "GET", open, "").status()).isEqualTo(200);
        assertThat(send(theirs, "DELETE", open, "").status()).isEqualTo(404);
        assertThat(send("nonsense", "GET", path, "").status()).isEqualTo(401);
    }

    @Test
    void shouldGiveAccessAsABreadcrumbSays() throws Exception {
        // Given
        String ann = key("ann", "grants", "emitter", "subscriber");
        String bob = key("bob", "grants", "emitter", "subscriber");
        String eve = key("eve", "grants", "emitter", "subscriber");
        String curator = key("cleo", "grants", "curator");
        String path =
                created(ann, "{\"schema_name\":\"g.v1\",\"access\":{\"visibility\":\"private\",\"acl\":[\"bob\"]}}");

        // Then
        assertThat(send(eve, "GET", path, "", "Breadcrumbs-Agent", "bob").status())
                .isEqualTo(404);
        assertThat(send(eve, "PATCH", path, "{\"title\":\"x\"}").status()).isEqualTo(404);
        assertThat(send(eve, "DELETE", path, "").status()).isEqualTo(404);
        assertThat(send(bob, "PATCH", path, "{\"title\":\"x\"}").status()).isEqualTo(200);
        assertThat(send(bob, "PATCH", path, "{\"access\":{\"acl\":[\"bob\",\"eve\"]}}")
                        .status())
                .isEqualTo(403);
        assertThat(send(bob, "DELETE", path, "").status()).isEqualTo(403);
        assertThat(List.of(found(ann), found(bob), found(eve), found(curator))).containsExactly(1, 1, 0, 1);
        assertThat(send(ann, "GET", path + "/full", "").json().get("updated_by").asText())
                .isEqualTo("bob");
        assertThat(send(curator, "DELETE", path, "").status()).isEqualTo(200);
    }

    private static int found(String key) throws Exception {
        return send(key, "POST", "/breadcrumbs/search", "{\"selector\":{\"schema_name\":\"g.v1\"}}")
                .json()
                .get("items")
                .size();
    }

    private static Reply waits(String key, String run) throws Exception {
        String steps = "\"steps\": [{\"id\": \"w\", \"wait\": {\"signal\": \"go\"}}]";
        return send(key, "POST", "/api/invoke/async", "{\"threadId\": \"" + run + "\", " + steps + "}");
    }

    @Test
    void shouldRefuseRunsOfWhoHasTooManyUntilOneIsOver() throws Exception {
        // Given
        String ann = key("ann", "quota", "emitter", "subscriber");
        String bob = key("bob", "quota", "emitter", "subscriber");
        for (int i = 0; i < OPEN_RUNS; i++) {
            assertThat(waits(ann, "q" + i).status()).isEqualTo(200);
        }

        // When
        Reply refused = waits(ann, "q" + OPEN_RUNS);

        // Then
        assertThat(refused.status()).as("%s", refused.json()).isEqualTo(429);
        assertThat(refused.json().get("code").asText()).isEqualTo("too-many");
        assertThat(refused.json().get("detail").asText())
                .isEqualTo("expected at most 3 runs of ann that are not over, got one more");
        assertThat(waits(ann, "q0").status()).as("the same start again").isEqualTo(200);
        until(
                429,
                () -> send(ann, "POST", "/api/runs/q0/fork", "{\"step\": \"w\"}")
                        .status());
        assertThat(waits(bob, "of-bob").status()).isEqualTo(200);
        assertThat(send(ann, "POST", "/api/invoke-status/abort/q1", "{}").status())
                .isEqualTo(200);
        until(200, () -> waits(ann, "q" + OPEN_RUNS).status());
    }

    @Test
    void shouldLetNobodyButItsAuthorAndCuratorsDeleteAWorkflow() throws Exception {
        String bob = key("bob", "shelf", "emitter", "subscriber");
        String cleo = key("cleo", "shelf", "curator");
        String dora = key("dora", "shelf", "curator");
        String path = "/api/workflows/kept";
        assertThat(send(cleo, "PUT", path, "{\"steps\": [{\"id\": \"a\", \"tool\": \"nil\"}]}")
                        .status())
                .isEqualTo(200);

        assertThat(send(bob, "DELETE", path, "").status()).isEqualTo(403);
        assertThat(send(bob, "GET", path, "").status()).isEqualTo(200);
        assertThat(send(dora, "DELETE", path, "").status()).isEqualTo(200);
        assertThat(send(bob, "GET", path, "").status()).isEqualTo(404);
        assertThat(send(dora, "DELETE", path, "").status()).isEqualTo(404);
    }

    @Test
    void shouldShowAKeyOnceAndLetNobodyInWithARevokedOne() throws Exception {
        // Given
        String key = key("dan", "ours", "subscriber");
        String id = key.split("_", -1)[1];
        String listed = crumb(ExitCode.OK, "key", "list");
        assertThat(listed).contains(id, "dan", "valid").doesNotContain(key.split("_", -1)[2]);
        assertThat(send(key, "POST", "/breadcrumbs", "{\"schema_name\":\"x.v1\"}")
                        .status())
                .isEqualTo(403);

        // When
        crumb(ExitCode.OK, "key", "revoke", id);

        // Then
        until(401, () -> send(key, "GET", "/breadcrumbs", "").status());
        assertThat(crumb(ExitCode.OK, "key", "list", "--json").lines())
                .anySatisfy(line -> assertThat(line).contains(id, "revoked 20"));
        crumb(ExitCode.FAILED, "key", "revoke", "0000000000000000");
        crumb(ExitCode.USAGE, "key", "create", "dan", "--role", "king");
    }
}
