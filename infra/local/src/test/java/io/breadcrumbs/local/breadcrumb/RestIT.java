package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

/** Breadcrumbs over HTTP, as their users see them. */
@Timeout(120)
class RestIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        platform.close();
    }

    private record Reply(int status, JsonNode json, HttpResponse<String> raw) {}

    private static Reply send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(platform.state().url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
    }

    private static Reply create(String body, String... headers) throws Exception {
        Reply created = send("POST", "/breadcrumbs", body, headers);
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        return created;
    }

    private static String id(Reply reply) {
        return reply.json().get("id").asText();
    }

    @Test
    void shouldLeadABreadcrumbThroughItsLife() throws Exception {
        Reply created = create("{\"schema_name\":\"life.v1\",\"title\":\"Milk\",\"context\":{\"n\":1}}");
        String path = created.raw().headers().firstValue("Location").orElseThrow();
        assertThat(created.raw().headers().firstValue("ETag")).contains("\"1\"");

        assertThat(send("PATCH", path, "{\"title\":\"Beer\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        Reply late = send("PATCH", path, "{\"title\":\"Wine\"}", "If-Match", "1");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().get("version").asInt()).isEqualTo(2);
        assertThat(send("POST", path + "/merge", "{\"context\":{\"m\":2}}")
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(3);
        assertThat(send("POST", path + "/tags", "{\"add\":[\"x\"]}").status()).isEqualTo(200);

        JsonNode found = send("GET", path, "").json();
        assertThat(found.get("title").asText()).isEqualTo("Beer");
        assertThat(found.get("context")).isEqualTo(JSON.readTree("{\"n\":1,\"m\":2}"));
        assertThat(found.get("version").asInt()).isEqualTo(4);
        assertThat(send("GET", path + "/history", "").json().get("items")).hasSize(4);

        assertThat(send("DELETE", path, "", "If-Match", "\"4\"").status()).isEqualTo(200);
        assertThat(send("GET", path, "").status()).isEqualTo(404);
        assertThat(send("DELETE", path, "").status()).isEqualTo(404);
        assertThat(send("GET", path + "/history", "").json().get("items")).hasSize(5);
    }

    @Test
    void shouldCreateOnceUnderAKey() throws Exception {
        String body = "{\"schema_name\":\"key.v1\"}";

        Reply first = create(body, "Idempotency-Key", "k-1");
        Reply second = create(body, "Idempotency-Key", "k-1");
        Reply other = create(body, "Idempotency-Key", "k-1", "Breadcrumbs-Workspace", "theirs");

        assertThat(id(second)).isEqualTo(id(first));
        assertThat(id(other)).isNotEqualTo(id(first));
        assertThat(send("GET", "/breadcrumbs?schema_name=key.v1", "").json().get("items"))
                .hasSize(1);
    }

    @Test
    void shouldShowOtherWorkspacesNothing() throws Exception {
        String path = "/breadcrumbs/" + id(create("{\"schema_name\":\"mine.v1\"}"));
        String[] theirs = {"Breadcrumbs-Workspace", "theirs"};

        assertThat(send("GET", path, "", theirs).status()).isEqualTo(404);
        assertThat(send("GET", path + "/full", "", theirs).status()).isEqualTo(404);
        assertThat(send("GET", path + "/history", "", theirs).status()).isEqualTo(404);
        assertThat(send("PATCH", path, "{\"title\":\"x\"}", theirs).status()).isEqualTo(404);
        assertThat(send("DELETE", path, "", theirs).status()).isEqualTo(404);
        assertThat(send("GET", "/breadcrumbs?schema_name=mine.v1", "", theirs)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void shouldShowTheContextAsItsHintsSay() throws Exception {
        String path = "/breadcrumbs/"
                + id(create("{\"schema_name\":\"hint.v1\",\"context\":{\"a\":1,\"b\":{\"c\":2,\"d\":3},"
                        + "\"llm_hints\":{\"exclude\":[\"b.d\"],\"templates\":{\"say\":\"{{b.c}} and {{ a }}\"}}}}"));

        assertThat(send("GET", path, "").json().get("context"))
                .isEqualTo(JSON.readTree("{\"a\":1,\"b\":{\"c\":2},\"say\":\"2 and 1\"}"));
        assertThat(send("GET", path + "/full", "").json().get("context").has("llm_hints"))
                .isTrue();
    }

    @Test
    void shouldGiveAllInPages() throws Exception {
        StringBuilder bulk = new StringBuilder("[");
        for (int i = 0; i < 25; i++) {
            bulk.append(i == 0 ? "" : ",").append("{\"schema_name\":\"page.v1\",\"context\":{\"n\":" + i + "}}");
        }
        Reply made = send("POST", "/breadcrumbs/bulk", bulk + "]");
        assertThat(made.json().get("items"))
                .hasSize(25)
                .allMatch(one -> one.get("status").asInt() == 201);

        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            String search = "{\"selector\":{\"schema_name\":\"page.v1\",\"context_match\":"
                    + "[{\"path\":\"n\",\"op\":\"gte\",\"value\":5}]},\"limit\":7"
                    + (cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"") + "}";
            JsonNode page = send("POST", "/breadcrumbs/search", search).json();
            page.get("items").forEach(one -> ids.add(one.get("id").asText()));
            cursor = page.get("cursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));

        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            POST   | /breadcrumbs               | {                                             | 400 | body:
            POST   | /breadcrumbs               | []                                            | 400 | body:
            POST   | /breadcrumbs               | {"title":"x"}                                 | 400 | schema_name:
            POST   | /breadcrumbs               | {"schema_name":"a","titel":1}                 | 400 | titel:
            POST   | /breadcrumbs               | {"schema_name":{"a":1}}                       | 400 | schema_name:
            POST   | /breadcrumbs               | {"schema_name":"a","tags":[null]}             | 400 | tags:
            POST   | /breadcrumbs               | {"schema_name":"a","tags":"x"}                | 400 | tags:
            POST   | /breadcrumbs               | {"schema_name":"a","context":[]}              | 400 | context:
            POST   | /breadcrumbs               | {"schema_name":"a","ttl":"soon"}              | 400 | ttl:
            POST   | /breadcrumbs               | {"schema_name":"a","access":{"visibility":"x"}} | 400 | access.visibility:
            POST   | /breadcrumbs/bulk          | {}                                            | 400 | body:
            POST   | /breadcrumbs/search        | {"limit":0}                                   | 400 | limit:
            POST   | /breadcrumbs/search        | {"cursor":"x"}                                | 400 | cursor:
            POST   | /breadcrumbs/search        | {"selector":{"context_match":[{"path":"a","op":"like"}]}} | 400 | selector.context_match.op:
            POST   | /breadcrumbs/search        | {"selector":{"context_match":[{"path":"a","op":"gt","value":[]}]}} | 400 | selector:
            GET    | /breadcrumbs?limit=many    | ''                                            | 400 | limit:
            GET    | /breadcrumbs?what=1        | ''                                            | 400 | what:
            GET    | /breadcrumbs?seen=x        | ''                                            | 400 | seen:
            GET    | /breadcrumbs?created_from=x | ''                                           | 400 | created.from:
            POST   | /breadcrumbs               | {"schema_name":5}                             | 400 | schema_name:
            POST   | /breadcrumbs               | {"schema_name":"a","tags":[5]}                | 400 | tags[0]:
            POST   | /breadcrumbs/search        | {"full":"maybe"}                              | 400 | full:
            POST   | /breadcrumbs/search        | {"full":""}                                   | 400 | full:
            POST   | /breadcrumbs/search        | {"limit":"5"}                                 | 400 | limit:
            GET    | /breadcrumbs?full=maybe    | ''                                            | 400 | full: expected true or false, got maybe
            GET    | /api/runs?status=nonsense  | ''                                            | 400 | status: expected some of [accepted,
            POST   | /api/runs/bulk             | {"action":"cancel","dryRun":""}               | 400 | dryRun:
            POST   | /api/runs/bulk             | {"action":"cancel","rate":true}               | 400 | rate:
            PUT    | /api/schedules/s           | {"cron":"0 0 1 1 *","workflow":"w","paused":"yes"} | 400 | paused: expected true or false, got "yes"
            PUT    | /api/schedules/s           | {"cron":"0 0 1 1 *","workflow":"w","paused":null} | 400 | paused: expected true or false, got null
            PUT    | /api/schedules/s           | {"cron":"0 0 1 1 *","workflow":"w","overlap":1} | 400 | overlap:
            GET    | /breadcrumbs/none          | ''                                            | 404 | expected the id
            PATCH  | /breadcrumbs/none          | {"id":"other"}                                | 400 | id:
            PATCH  | /breadcrumbs/none          | {}                                            | 404 | expected the id
            GET    | /nowhere                   | ''                                            | 404 | expected an address
            PUT    | /breadcrumbs/none          | {}                                            | 405 | Method
            """)
    void shouldSayWhatIsWrong(String method, String path, String body, int status, String detail) throws Exception {
        Reply refused = send(method, path, body);

        assertThat(refused.status()).as("%s", refused.json()).isEqualTo(status);
        assertThat(refused.raw().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.json().get("detail").asText()).startsWith(detail).doesNotContain("io.breadcrumbs", "java.");
        assertThat(refused.json().get("status").asInt()).isEqualTo(status);
        assertThat(refused.json().get("code").asText()).isNotEmpty();
        assertThat(refused.json().get("cure").asText()).isNotEmpty();
    }
}
