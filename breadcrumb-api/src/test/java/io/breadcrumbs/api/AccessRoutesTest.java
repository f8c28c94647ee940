package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.api.access.KeyDesk;
import io.breadcrumbs.api.access.SecretDesk;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.security.Issuer;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.security.TokenSettings;
import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.Vault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and secrets over HTTP: whose they are, and that nobody else has, sees or ends them. */
@Timeout(60)
class AccessRoutesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLANNER = "{\"name\": \"planner\", \"roles\": [\"emitter\", \"Subscriber\"]}";
    private static final String VALUE = "s3cr3t-with-\\\"quotes\\\"";

    @TempDir
    Path folder;

    private final LiveBus buses = new LiveBus();
    private final SystemTime time = new SystemTime("access");
    private Issuer issuer;
    private Bus bus;
    private AccessKeys keys;
    private Door door;

    AccessRoutesTest() throws Exception {
        issuer = new Issuer();
        bus = buses.of("api");
        keys = new AccessKeys(bus);
        door = Door.start(settings(SecuritySettings.OFF), new Nothing());
    }

    private static DoorSettings settings(SecuritySettings security) {
        return new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(security);
    }

    @BeforeEach
    void start() throws Exception {
        keys.whenRead().get();
        TokenSettings tokens =
                TokenSettings.of(issuer.write(folder.resolve("keys.json")).toUri(), Issuer.NAME, Issuer.AUDIENCE);
        restart(SecuritySettings.ON.withTokens(tokens), masters());
    }

    private MasterKeys masters() {
        return MasterKeys.ofEnvironmentOrDrawn(folder.resolve("master.keys"), _ -> {});
    }

    private void restart(SecuritySettings security, MasterKeys masters) {
        door.close();
        door = Door.start(settings(security), new Nothing());
        door.context().getBean(Behind.class).is(keys, new KeyDesk(bus, time, keys), new SecretDesk(bus, time, masters));
    }

    @AfterEach
    void stop() {
        door.close();
        buses.close();
        time.close();
    }

    private record Reply(int status, String text, HttpResponse<String> response) {

        JsonNode json() throws Exception {
            return JSON.readTree(text);
        }

        String word(String name) throws Exception {
            return json().path(name).asText();
        }
    }

    private String token(String workspace, String... roles) {
        return issuer.token(Issuer.claims(workspace, roles));
    }

    private Reply ask(@Nullable String who, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(door.url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (who != null) {
            request.header("Authorization", "Bearer " + who);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body(), response);
    }

    private Reply curator(String method, String path, String body) throws Exception {
        return ask(token("ours", "curator"), method, path, body);
    }

    @Test
    void shouldMintNoKeyForAnyoneButACuratorOfTheWorkspace() throws Exception {
        String key = curator("POST", "/api/keys", PLANNER).word("key");

        assertThat(List.of(
                        ask(null, "POST", "/api/keys", PLANNER).status(),
                        ask("bck_0123456789abcdef_" + "0".repeat(64), "POST", "/api/keys", PLANNER)
                                .status(),
                        ask(token("ours"), "POST", "/api/keys", PLANNER).status(),
                        ask(token("ours", "emitter"), "POST", "/api/keys", PLANNER)
                                .status(),
                        ask(token("ours", "subscriber"), "POST", "/api/keys", PLANNER)
                                .status(),
                        ask(token("ours", "emitter", "subscriber"), "POST", "/api/keys", PLANNER)
                                .status(),
                        ask(key, "POST", "/api/keys", PLANNER).status(),
                        ask(token("ours", "curator"), "POST", "/api/keys", PLANNER, "Breadcrumbs-Workspace", "theirs")
                                .status()))
                .containsExactly(401, 401, 403, 403, 403, 403, 403, 404);
        assertThat(keys.all()).hasSize(1);
    }

    @Test
    void shouldMakeAKeyThatHoldsAtOnceAndInThatWorkspaceOnly() throws Exception {
        Reply made =
                curator("POST", "/api/keys", "{\"name\": \"eve\", \"roles\": [\"curator\"], \"expires\": \"720h\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.response().headers().firstValue("Cache-Control")).contains("no-store");
        String key = made.word("key");
        assertThat(ask(key, "GET", "/platform", "").status()).isEqualTo(200);
        assertThat(ask(key, "GET", "/api/keys", "", "Breadcrumbs-Workspace", "theirs")
                        .status())
                .isEqualTo(404);
        AccessKey known = keys.find(made.word("id")).orElseThrow();
        assertThat(known.getMeta().getAuthor()).isEqualTo("ann");
        assertThat(known.getMeta().getWorkspace()).isEqualTo("ours");
        assertThat(known.getExpiresAtMs() - known.getMeta().getCreatedAtMs()).isEqualTo(720L * 3_600_000);
        assertThat(ask(key, "POST", "/api/keys", PLANNER).json().path("roles"))
                .extracting(JsonNode::asText)
                .containsExactly("emitter", "subscriber");
    }

    @Test
    void shouldRevokeAtOnceAndOnlyWhatIsTheWorkspaces() throws Exception {
        // Given
        Reply made = curator("POST", "/api/keys", PLANNER);
        String path = "/api/keys/" + made.word("id");
        String theirs = token("theirs", "curator");

        // Then
        assertThat(ask(theirs, "DELETE", path, "").status()).isEqualTo(404);
        assertThat(ask(theirs, "GET", "/api/keys", "").json().path("items")).isEmpty();
        assertThat(ask(made.word("key"), "GET", "/platform", "").status()).isEqualTo(200);

        // When
        Reply revoked = curator("DELETE", path, "");

        // Then
        assertThat(revoked.text()).isEqualTo("{\"id\":\"" + made.word("id") + "\",\"status\":\"revoked\"}");
        assertThat(ask(made.word("key"), "GET", "/platform", "").status()).isEqualTo(401);
        assertThat(curator("DELETE", path, "").status()).isEqualTo(200);
        Reply listed = curator("GET", "/api/keys", "");
        assertThat(listed.json().at("/items/0/state").asText()).isEqualTo("revoked");
        AccessKey known = keys.find(made.word("id")).orElseThrow();
        assertThat(listed.text())
                .doesNotContain(known.getHash(), made.word("key").substring(21));
        assertThat(known.getMeta().getVersion()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"name\": \"x\", \"roles\": [\"king\"]}; emitter, subscriber, curator",
                "{\"name\": \"x\", \"roles\": [\"emitter\", null]}; emitter, subscriber, curator",
                "{\"name\": \"x\", \"roles\": []}; roles: expected some of",
                "{\"name\": \"x\"}; roles: expected some of",
                "{\"name\": \" \", \"roles\": [\"emitter\"]}; a name",
                "{\"name\": \"a\\nb\", \"roles\": [\"emitter\"]}; control character",
                "{\"roles\": [\"emitter\"]}; name: expected",
                "{\"name\": \"x\", \"roles\": [\"emitter\"], \"expires\": \"soon\"}; 720h",
                "{\"name\": \"x\", \"roles\": [\"emitter\"], \"expires\": \"0s\"}; 720h",
                "{\"name\": \"x\", \"roles\": [\"emitter\"], \"workspace\": \"theirs\"}; workspace: expected a field",
            })
    void shouldRefuseWhatIsNoKey(String body, String said) throws Exception {
        Reply refused = curator("POST", "/api/keys", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.word("detail")).contains(said);
        assertThat(keys.all()).isEmpty();
    }

    @Test
    void shouldKeepASecretThatNoAnswerHas() throws Exception {
        // When
        Reply set = curator("PUT", "/api/secrets/API", "{\"value\": \"" + VALUE + "\"}");
        Reply listed = curator("GET", "/api/secrets", "");

        // Then
        assertThat(set.text()).isEqualTo("{\"name\":\"API\",\"workspace\":\"ours\",\"status\":\"set\"}");
        assertThat(listed.json().at("/items/0/by").asText()).isEqualTo("ann");
        assertThat(set.text() + listed.text()).doesNotContain("s3cr3t");
        assertThat(found("ours", "API")).isEqualTo("s3cr3t-with-\"quotes\"");
        String theirs = token("theirs", "curator");
        assertThat(ask(theirs, "GET", "/api/secrets", "").json().path("items")).isEmpty();
        assertThat(ask(theirs, "DELETE", "/api/secrets/API", "").status()).isEqualTo(404);
        assertThat(ask(token("ours", "emitter", "subscriber"), "GET", "/api/secrets", "")
                        .status())
                .isEqualTo(403);

        // When
        assertThat(curator("DELETE", "/api/secrets/API", "").word("status")).isEqualTo("deleted");

        // Then
        assertThat(curator("DELETE", "/api/secrets/API", "").status()).isEqualTo(404);
        assertThat(curator("GET", "/api/secrets", "").json().path("items")).isEmpty();
    }

    private String found(String workspace, String name) throws Exception {
        try (Vault vault = new Vault(bus, masters())) {
            vault.whenRead().get();
            return vault.find(new SecretName(workspace, name)).orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\": \"hunter2\"}",
                "{\"value\": \"hunter2hunter2",
                "hunter2hunter2",
                "\"hunter2hunter2\"",
                "{\"value\": [\"hunter2hunter2\"]}",
                "{\"value\": \"hunter2hunter2\", \"more\": \"hunter2hunter2\"}",
                "{\"value\": null}",
                "{}"
            })
    void shouldRefuseAValueWithoutSayingIt(String body) throws Exception {
        Reply refused = curator("PUT", "/api/secrets/API", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).doesNotContain("hunter2").contains("expected");
    }

    @Test
    void shouldSayWhereItsMasterKeyIsToBeIfThereIsNone() throws Exception {
        restart(SecuritySettings.OFF, MasterKeys.ofEnvironmentOr(folder.resolve("none")));

        Reply refused = ask(null, "PUT", "/api/secrets/API", "{\"value\": \"" + VALUE + "\"}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.word("code")).isEqualTo("no-master-key");
        assertThat(refused.word("cure")).contains("BREADCRUMBS_MASTER_KEY_FILE");
        assertThat(refused.response().headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.text()).doesNotContain(folder.toString(), "s3cr3t");
    }

    @Test
    void shouldAskNobodyForAKeyWhileSecurityIsOff() throws Exception {
        restart(SecuritySettings.OFF, masters());

        Reply made = ask(null, "POST", "/api/keys", PLANNER, "Breadcrumbs-Workspace", "w", "Breadcrumbs-Agent", "me");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.word("workspace")).isEqualTo("w");
        assertThat(keys.find(made.word("id")).orElseThrow().getMeta().getAuthor())
                .isEqualTo("me");
        assertThat(ask(null, "GET", "/api/keys", "").json().path("items")).isEmpty();
    }

    /** Each takes the writer's name from the other. */
    @Test
    void shouldLoseNoSecretWhileTwoDoorsChangeThem() throws Exception {
        // Given
        restart(SecuritySettings.OFF, masters());
        Door first = door;
        Door other = Door.start(settings(SecuritySettings.OFF), new Nothing());
        other.context().getBean(Behind.class).is(new SecretDesk(buses.of("api-2"), time, masters()));

        // When
        List<CompletableFuture<Integer>> set = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String path = (i % 2 == 0 ? first : other).url() + "/api/secrets/S" + i;
            set.add(HTTP.sendAsync(
                            HttpRequest.newBuilder(URI.create(path))
                                    .header("Content-Type", "application/json")
                                    .PUT(BodyPublishers.ofString("{\"value\": \"" + VALUE + "\"}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .thenApply(HttpResponse::statusCode));
        }

        // Then
        assertThat(set).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
        assertThat(ask(null, "GET", "/api/secrets", "").json().path("items")).hasSize(6);
        other.close();
    }
}
