package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.door.Doorway.Reply;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools over HTTP, as their users see them. */
@Timeout(120)
class ToolRoutesIT {

    @TempDir
    static Path data;

    private static Doorway door;

    @BeforeAll
    static void start() throws Exception {
        door = new Doorway(data.resolve("data"));
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void shouldListToolsByNameAndByWords() throws Exception {
        JsonNode all = door.send("GET", "/api/tools", "").json().get("items");
        JsonNode some =
                door.send("GET", "/api/tools?q=breadcrumb%20SEARCH", "").json().get("items");

        List<String> names = new ArrayList<>();
        all.forEach(tool -> names.add(tool.get("name").asText()));
        assertThat(names)
                .isSorted()
                .contains(
                        "echo",
                        "timer",
                        "random",
                        "calculator",
                        "calculate",
                        "get_current_time",
                        "json_transform",
                        "breadcrumb_create",
                        "breadcrumb_search",
                        "breadcrumb_update",
                        "http_request");
        assertThat(all)
                .allSatisfy(tool -> assertThat(tool.get("runners").asInt()).isOne());
        assertThat(door.send("GET", "/api/tools?full=true&q=timer", "").json().at("/items/0/input_schema/type"))
                .hasToString("\"object\"");
        assertThat(door.send("GET", "/api/tools?versions=some", "").status()).isEqualTo(400);
        assertThat(some).hasSize(1);
        assertThat(some.get(0).get("name").asText()).isEqualTo("breadcrumb_search");
    }

    @Test
    void shouldDescribeATool() throws Exception {
        JsonNode tool = door.send("GET", "/api/tools/timer", "").json();

        assertThat(tool.at("/input_schema/type").asText()).isEqualTo("object");
        assertThat(tool.at("/output_schema").isObject()).isTrue();
        assertThat(tool.get("pool").asText()).isEqualTo("default");
        assertThat(tool.get("side_effects").asText()).isEqualTo("none");
        assertThat(tool.get("examples")).isNotEmpty();
        assertThat(tool.has("source")).isFalse();
        assertThat(door.send("GET", "/api/tools/nobody", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo             | {"message": "hello"}                                     | "hello"
            timer            | {"seconds": 0.01}                                        | 0.01
            random           | {}                                                       | numbers
            calculate        | {"expression": "6 * 7"}                                  | 42
            get_current_time | {}                                                       | 20
            breadcrumb_create| {"schema_name": "note.v1", "title": "t"}                 | "id"
            breadcrumb_search| {"selector": {"schema_name": "nothing.v1"}}              | []
            """)
    void shouldCallWhatIsBuiltIn(String tool, String input, String expected) throws Exception {
        Reply answered = door.send("POST", "/api/tools/" + tool, input);

        assertThat(answered.status()).as("%s", answered.json()).isEqualTo(200);
        assertThat(answered.json().get("status").asText()).isEqualTo("success");
        assertThat(answered.json().get("tool").asText()).isEqualTo(tool);
        assertThat(answered.json().get("request_id").asText()).isNotEmpty();
        assertThat(answered.json().has("execution_time_ms")).isTrue();
        assertThat(answered.json().get("timestamp").asText()).startsWith("20");
        assertThat(answered.json().get("output").toString()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timer        | {}                                     | | 400 | invalid     | validation
            timer        | {"seconds": 30}        | ?timeout=300ms   | 504 | timeout     |
            http_request | {"url": "http://10.1.2.3/"}            | | 403 | forbidden   | permission
            calculate    | {"expression": "1 / 0"}                | | 400 | invalid     | validation
            throws       | {}                                     | | 502 | tool-failed | runtime
            nobody       | {}                                     | | 404 | not-found   |
            echo         | {"message":                            | | 400 | invalid     |
            echo         | {"message": "x"}       | ?timeout=soon    | 400 | invalid     |
            """)
    void shouldAnswerAFailureWithItsStatus(
            String tool, String input, String query, int status, String code, String kind) throws Exception {
        door.publish("throws", "function execute() { throw new Error('no'); }");
        Doorway.await(
                "it is known", () -> door.send("GET", "/api/tools/throws", "").status() == 200);

        Reply answered = door.send("POST", "/api/tools/" + tool + (query == null ? "" : query), input);

        assertThat(answered.status()).as("%s", answered.json()).isEqualTo(status);
        assertThat(answered.code()).isEqualTo(code);
        assertThat(answered.raw().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        if (kind != null) {
            assertThat(answered.json().at("/error/kind").asText()).isEqualTo(kind);
            assertThat(answered.json().get("request_id").asText()).isNotEmpty();
        }
    }

    @Test
    void shouldNameTheFieldThatIsWrong() throws Exception {
        Reply answered = door.send("POST", "/api/tools/timer", "{\"seconds\": \"long\"}");

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.json().get("detail").asText()).contains("seconds");
        assertThat(answered.json().at("/error/field").asText()).isEqualTo("seconds");
    }

    @Test
    void shouldStopWhatNobodyWaitsForAnyMore() throws Exception {
        // Given
        String body = "{\"seconds\": 50}";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), door.uri("/").getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/tools/timer?timeout=60 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                            + "Breadcrumbs-Agent: leaver\r\nContent-Length: " + body.length()
                                            + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Doorway.await("it is asked for", () -> door.asked("leaver").isPresent());
        }
        String id = door.asked("leaver").orElseThrow().getRequestId();

        // When he is gone, then
        Doorway.await(
                "it is answered",
                () -> door.answers.stream().anyMatch(one -> one.getRequestId().equals(id)));
        ToolError error = door.answers.stream()
                .filter(one -> one.getRequestId().equals(id))
                .findFirst()
                .orElseThrow()
                .getError();
        assertThat(error.getKind()).isEqualTo(ErrorKind.CANCELLED);
    }
}
