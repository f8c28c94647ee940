package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.sdk.egress.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything of a workspace, asked for from another one, by all routes that the OpenAPI document has. */
@Timeout(180)
class IsolationIT {

    /** Behind these there is nothing of a workspace: the catalogue, the page of the routes, how healthy the door is. */
    private static final Set<String> OF_ALL = Set.of("/api/tools/{name}", "/docs/{file}", "/health/{selector}");

    /** Lists of what all workspaces share. */
    private static final Set<String> LISTS_OF_ALL = Set.of("/api/tools", "/api/topics");

    /** Has records of all workspaces, each shown to its own: asked for in a test of its own. */
    private static final String RECORDS = "/api/topics/{topic}/records";

    /** By these anybody makes something of their own, under a name that somebody else has as well. */
    private static final Set<String> MAKE =
            Set.of("PUT /api/workflows/{name}", "PUT /api/schedules/{name}", "PUT /api/secrets/{name}");

    /** What is sent where it is not an empty object. */
    private static final Map<String, String> BODIES = Map.of(
            "PUT /api/workflows/{name}", "{" + Belongings.STEPS + "}",
            "PUT /api/schedules/{name}", Belongings.SCHEDULE,
            "PUT /api/secrets/{name}", Belongings.SECRET,
            "POST /api/runs/{id}/approvals/{step}", "{\"decision\": \"approve\"}",
            "POST /api/runs/{id}/fork", "{\"step\": \"p\"}",
            "PATCH /breadcrumbs/{id}", "{\"title\": \"theirs\"}",
            "POST /breadcrumbs/{id}/merge", "{\"context\": {\"theirs\": 1}}",
            "POST /breadcrumbs/{id}/tags", "{\"add\": [\"theirs\"]}");

    @TempDir
    static Path data;

    private static Platform platform;
    private static Visitor web;
    private static JsonNode paths;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data"))
                                .withReach(new Reach(Set.of("example.invalid"), false, false)),
                        _ -> {})
                .orThrow();
        web = new Visitor(platform.state().url());
        paths = web.send("default", "GET", "/openapi.json", "").json().get("paths");
    }

    @AfterAll
    static void stop() {
        web.close();
        platform.close();
    }

    // ------------------------------------------------------------------ REST

    private record Route(String method, String template) {

        @Override
        public String toString() {
            return method + " " + template;
        }

        Visitor.Reply ask(String workspace, Belongings objects) throws Exception {
            String path = objects.filled(template);
            assertThat(path).as("all variables of %s are filled", this).doesNotContain("{");
            boolean takes =
                    paths.get(template).get(method.toLowerCase(Locale.ROOT)).has("requestBody");
            return web.send(workspace, method, path, takes ? BODIES.getOrDefault(toString(), "{}") : "");
        }
    }

    /** Those that lead to one object; what ends it comes last. */
    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(one -> {
                    String template = path.getKey();
                    if (template.contains("{") && !OF_ALL.contains(template) && !template.equals(RECORDS)) {
                        routes.add(new Route(one.getKey().toUpperCase(Locale.ROOT), template));
                    }
                }));
        routes.sort(Comparator.comparing(route -> route.method().equals("DELETE")));
        return routes;
    }

    @Test
    void shouldShowAndDoNothingOfWhatAnotherWorkspaceHas() throws Exception {
        Belongings objects = Belongings.make(web, platform, "ours");
        Map<String, JsonNode> before = objects.state();
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(35);

        for (Route route : routes) {
            if (!MAKE.contains(route.toString())) {
                Visitor.Reply reply = route.ask("theirs", objects);
                assertThat(reply.status()).as("%s: %s", route, reply.text()).isEqualTo(404);
                assertThat(reply.json().path("code").asText()).as("%s", route).isEqualTo("not-found");
            }
        }
        for (Route route : routes) {
            if (MAKE.contains(route.toString())) {
                Visitor.Reply reply = route.ask("theirs", objects);
                assertThat(reply.status()).as("%s: %s", route, reply.text()).isEqualTo(200);
            }
        }

        assertThat(objects.state()).isEqualTo(before);
        for (Route route : routes) {
            assertThat(route.ask("ours", objects).status())
                    .as("%s, asked for by whose it is", route)
                    .isNotIn(400, 404)
                    .isLessThan(500);
        }
    }

    // ------------------------------------------------------------------ lists

    /** All that are answered at once and need not be told what is looked for. */
    private static List<String> lists() {
        List<String> lists = new ArrayList<>();
        paths.properties().forEach(path -> {
            String answer = path.getValue()
                    .at("/get/responses/200/content/application~1json/schema/$ref")
                    .asText();
            boolean one = path.getKey().contains("{") || path.getKey().equals("/mcp");
            if (!one && !answer.isEmpty() && !LISTS_OF_ALL.contains(path.getKey())) {
                lists.add(path.getKey());
            }
        });
        return lists;
    }

    @Test
    void shouldListNothingOfWhatAnotherWorkspaceHas() throws Exception {
        Belongings objects = Belongings.make(web, platform, "listed");
        Map<String, JsonNode> before = objects.state();
        Set<String> empty = new TreeSet<>();

        for (String list : lists()) {
            JsonNode items = web.good("stranger", "GET", list, "").json().path("items");
            if (items.isArray()) {
                assertThat(items).as(list).isEmpty();
                assertThat(web.good("listed", "GET", list, "").json().path("items"))
                        .as("%s, asked for by whose it is", list)
                        .isNotEmpty();
                empty.add(list);
            }
        }

        assertThat(empty)
                .contains(
                        "/api/runs",
                        "/breadcrumbs",
                        "/api/workflows",
                        "/api/schedules",
                        "/api/secrets",
                        "/api/keys",
                        "/api/webhooks",
                        "/api/dead-letters");
        assertThat(web.good("stranger", "POST", "/breadcrumbs/search", "{}")
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(web.good("stranger", "POST", "/api/runs/bulk", "{\"action\": \"cancel\"}")
                        .text())
                .contains("\"asked\":0,")
                .doesNotContain("listed-one");
        assertThat(objects.state()).isEqualTo(before);
    }

    @Test
    void shouldShowNoRecordsOfWhatAnotherWorkspaceHas() throws Exception {
        Belongings.make(web, platform, "logged");
        Set<String> ours = new TreeSet<>();

        for (JsonNode topic :
                web.good("logged", "GET", "/api/topics", "").json().get("items")) {
            String name = topic.get("topic").asText();
            String records = RECORDS.replace("{topic}", name) + "?from=beginning&follow=false";
            Visitor.Reply own = web.send("logged", "GET", records, "");
            Visitor.Reply other = web.send("nobody", "GET", records, "");
            assertThat(other.status()).as(name).isEqualTo(own.status());
            if (own.status() == 200) {
                assertThat(other.text()).as(name).contains("{\"records\":0}").doesNotContain("logged");
                if (!own.text().contains("{\"records\":0}")) {
                    ours.add(name);
                }
            }
        }

        assertThat(ours).contains("workflow.command.v1", "workflow.event.v1", "breadcrumb.event.v1", "breadcrumb.v1");
    }

    // ------------------------------------------------------------------ MCP

    /**
     * A request of revision 2026-07-28.
     *
     * @param name of what it is about, as a header says it again; empty: none
     */
    private record Message(String method, String name, String params) {

        JsonNode send(String workspace) throws Exception {
            String body = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + method + "\", \"params\": {" + params
                    + ", \"_meta\": {\"io.modelcontextprotocol/protocolVersion\": \"2026-07-28\","
                    + " \"io.modelcontextprotocol/clientCapabilities\": {}}}}";
            List<String> headers = new ArrayList<>(
                    List.of("Accept", "application/json", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
            if (!name.isEmpty()) {
                headers.addAll(List.of("Mcp-Name", name));
            }
            return web.send(workspace, "POST", "/mcp", body, headers.toArray(String[]::new))
                    .json();
        }

        boolean isRefused(String workspace) throws Exception {
            JsonNode answer = send(workspace);
            assertThat(answer.has("result") || answer.has("error"))
                    .as("%s", answer)
                    .isTrue();
            return answer.has("error") || answer.at("/result/isError").asBoolean();
        }
    }

    private static Message call(String tool, String arguments) {
        return new Message("tools/call", tool, "\"name\": \"" + tool + "\", \"arguments\": " + arguments);
    }

    private static Message read(String uri) {
        return new Message("resources/read", uri, "\"uri\": \"" + uri + "\"");
    }

    @Test
    void shouldShowAndDoNothingByMcpOfWhatAnotherWorkspaceHas() throws Exception {
        Belongings objects = Belongings.make(web, platform, "called");
        Map<String, JsonNode> before = objects.state();
        String run = "{\"threadId\": \"called-one\"}";
        String task = "\"taskId\": \"called-one\"";
        List<Message> messages = List.of(
                call("invoke_status", run),
                read("run://called-one/history"),
                read("breadcrumb://called-one"),
                new Message("tasks/get", "", task),
                new Message("tasks/update", "", task),
                call("abort", run),
                new Message("tasks/cancel", "", task));

        for (Message message : messages) {
            assertThat(message.isRefused("eve")).as("%s", message).isTrue();
        }

        assertThat(call("list_workflows", "{}").send("eve").toString()).doesNotContain("called-one");
        assertThat(new Message("resources/list", "", "\"cursor\": null")
                        .send("eve")
                        .at("/result/resources"))
                .isEmpty();
        assertThat(objects.state()).isEqualTo(before);
        for (Message message : messages) {
            assertThat(message.isRefused("called"))
                    .as("%s, asked for by whose it is", message)
                    .isFalse();
        }
    }
}
