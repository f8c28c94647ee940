package io.breadcrumbs.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry as the genuine client sees it. */
class EmbeddedRegistryIT {

    private static final AvroSchema FIRST = new AvroSchema("""
            {"type": "record", "name": "Crumb", "fields": [{"name": "a", "type": "string"}]}""");
    private static final AvroSchema COMPATIBLE = new AvroSchema("""
            {"type": "record", "name": "Crumb", "fields": [
              {"name": "a", "type": "string"}, {"name": "b", "type": "int", "default": 0}]}""");
    private static final AvroSchema INCOMPATIBLE = new AvroSchema("""
            {"type": "record", "name": "Crumb", "fields": [{"name": "a", "type": "int"}]}""");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private SchemaRegistryClient client;
    private String subject;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(BrokerSettings.anywhere(folder)).orThrow();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        subject = test.getDisplayName() + "/with a slash-value";
        open();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void open() {
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0).orThrow();
        client = new CachedSchemaRegistryClient(registry.url(), 10);
    }

    @Test
    void shouldGiveTheSameIdForTheSameSchemaUnderSeveralSubjects() throws Exception {
        int id = client.register(subject, FIRST);

        int other = client.register(subject + "2", FIRST);

        assertThat(other).isEqualTo(id);
        assertThat(client.getAllSubjectsById(id)).contains(subject, subject + "2");
        assertThat(client.getSchemaById(id)).isEqualTo(FIRST);
        assertThat(client.getId(subject, FIRST)).isEqualTo(id);
        assertThat(client.getVersion(subject, FIRST)).isEqualTo(1);
    }

    @Test
    void shouldKeepIdsAndVersionsOverARestart() throws Exception {
        int first = client.register(subject, FIRST);
        int second = client.register(subject, COMPATIBLE);

        registry.close();
        open();

        assertThat(client.getId(subject, FIRST)).isEqualTo(first);
        assertThat(client.getId(subject, COMPATIBLE)).isEqualTo(second);
        assertThat(client.getAllVersions(subject)).containsExactly(1, 2);
        assertThat(client.getLatestSchemaMetadata(subject).getId()).isEqualTo(second);
    }

    @Test
    void shouldRefuseAnIncompatibleSchema() throws Exception {
        client.register(subject, FIRST);

        RestClientException refused =
                catchThrowableOfType(RestClientException.class, () -> client.register(subject, INCOMPATIBLE));

        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(client.testCompatibility(subject, INCOMPATIBLE)).isFalse();
        assertThat(client.testCompatibility(subject, COMPATIBLE)).isTrue();
    }

    @Test
    void shouldCheckBySubjectsOwnLevelBeforeTheGlobalOne() throws Exception {
        client.register(subject, FIRST);
        assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");

        client.updateCompatibility(subject, "NONE");

        assertThat(client.register(subject, INCOMPATIBLE)).isPositive();
        assertThat(client.getCompatibility(subject)).isEqualTo("NONE");
        RestClientException unset =
                catchThrowableOfType(RestClientException.class, () -> client.getCompatibility("nobody"));
        assertThat(unset.getErrorCode()).isEqualTo(40408);
    }

    @Test
    void shouldDeleteSoftlyThenForGoodAndNeverGiveAnIdTwice() throws Exception {
        int id = client.register(subject, new AvroSchema("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 7}"));
        assertThat(client.deleteSubject(subject)).containsExactly(1);
        assertThat(client.getAllSubjects()).doesNotContain(subject);
        assertThat(new CachedSchemaRegistryClient(registry.url(), 10).getSchemaById(id))
                .isNotNull();

        assertThat(client.deleteSubject(Map.of(), subject, true)).containsExactly(1);
        registry.close();
        open();

        RestClientException gone = catchThrowableOfType(RestClientException.class, () -> client.getSchemaById(id));
        assertThat(gone.getErrorCode()).isEqualTo(40403);
        assertThat(client.register(subject, new AvroSchema("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 8}")))
                .isGreaterThan(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /subjects/none/versions                |                                            | 404 | 40401
            GET    | /subjects/none/versions/latest         |                                            | 404 | 40401
            GET    | /subjects/none/versions/zero           |                                            | 422 | 42202
            GET    | /schemas/ids/999999                    |                                            | 404 | 40403
            GET    | /schemas/ids/x                         |                                            | 404 | 40403
            GET    | /nowhere                               |                                            | 404 | 404
            PATCH  | /subjects                              |                                            | 405 | 405
            DELETE | /subjects/none                         |                                            | 404 | 40401
            POST   | /subjects/s/versions                   | {                                          | 400 | 400
            POST   | /subjects/s/versions                   | null                                       | 400 | 400
            POST   | /subjects/s/versions                   | []                                         | 400 | 400
            POST   | /subjects/s/versions                   | {}                                         | 422 | 42201
            POST   | /subjects/s/versions                   | {"schema": "{"}                            | 422 | 42201
            POST   | /subjects/s/versions                   | {"schema": "\\"strang\\""}                 | 422 | 42201
            POST   | /subjects/s/versions                   | {"schemaType": "JSON", "schema": "{}"}     | 422 | 42201
            PUT    | /config                                | {"compatibility": "MAYBE"}                 | 422 | 42203
            PUT    | /mode/s                                | {"mode": "SIDEWAYS"}                       | 422 | 42204
            GET    | /config/none                           |                                            | 404 | 40408
            """)
    void shouldAnswerBadInputWithItsCode(String method, String path, String body, int status, int code)
            throws Exception {
        HttpResponse<String> response = send(method, path, body == null ? "" : body, "application/json");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error_code\":" + code);
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeOrNotJson() throws Exception {
        String large = "{\"schema\": \"" + " ".repeat(Door.MAX_BODY_BYTES) + "\"}";

        assertThat(send("POST", "/subjects/s/versions", large, "application/json")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("POST", "/subjects/s/versions", "{}", "text/plain").statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String url = registry.url() + path;
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", type)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
