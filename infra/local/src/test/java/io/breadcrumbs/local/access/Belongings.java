package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One object of each kind that a workspace can have.
 *
 * @param ids by the beginnings of the paths that lead to them
 */
record Belongings(Visitor web, String workspace, Map<String, String> ids) {

    /** What a run of these waits for can be signalled, and approved. */
    static final String STEPS = "\"steps\": [{\"id\": \"p\", \"wait\": {\"signal\": \"paid\"}}, "
            + "{\"id\": \"ok\", \"deps\": \"p\", \"approval\": {\"title\": \"Sure?\"}}]";

    static final String SCHEDULE = "{\"cron\": \"0 0 1 1 *\", \"workflow\": \"w\"}";
    static final String SECRET = "{\"value\": \"a word that is long enough\"}";

    /** Makes one of each kind. */
    static Belongings make(Visitor web, Platform platform, String workspace) throws Exception {
        String name = workspace + "-one";
        web.good(workspace, "POST", "/api/invoke/async", "{\"threadId\": \"" + name + "\", " + STEPS + "}");
        web.good(workspace, "POST", "/breadcrumbs", "{\"id\": \"" + name + "\", \"schema_name\": \"a.v1\"}");
        web.good(workspace, "PUT", "/api/workflows/w", "{" + STEPS + "}");
        web.good(workspace, "PUT", "/api/schedules/s", SCHEDULE);
        web.good(workspace, "PUT", "/api/secrets/API", SECRET);
        String hook = "{\"url\": \"https://example.invalid/in\", \"selector\": {\"schema_name\": \"none.v1\"}}";
        String webhook = web.good(workspace, "POST", "/api/webhooks", hook)
                .json()
                .get("id")
                .asText();
        String key = web.good(workspace, "POST", "/api/keys", "{\"name\": \"ann\", \"roles\": [\"subscriber\"]}")
                .json()
                .get("id")
                .asText();
        bury(platform, workspace, name);
        Belongings made = new Belongings(
                web,
                workspace,
                Map.of(
                        "/api/runs/{id}", name,
                        "/api/invoke/stream/{threadId}", name,
                        "/api/invoke-status/", name,
                        "/breadcrumbs/{id}", name,
                        "/api/workflows/{name}", "w",
                        "/api/schedules/{name}", "s",
                        "/api/secrets/{name}", "API",
                        "/api/webhooks/{id}", webhook,
                        "/api/keys/{id}", key,
                        "/api/dead-letters/{id}", name));
        made.untilAllIsThere();
        return made;
    }

    private static void bury(Platform platform, String workspace, String id) throws Exception {
        DeadLetter letter = DeadLetter.newBuilder()
                .setMeta(Metas.of(Catalogue.DEAD_LETTER, id, workspace, "test", Instant.now()))
                .setTopic(Catalogue.TOOL_REQUEST.name())
                .setPartition(0)
                .setOffset(0)
                .setCode("UNDECODABLE")
                .setMessage("why")
                .build();
        platform.bus().publish(Catalogue.DEAD_LETTER, id, letter).get();
    }

    /** Keys, secrets and letters are read from the log in their time. */
    private void untilAllIsThere() throws Exception {
        long until = System.nanoTime() + Visitor.PATIENCE.toNanos();
        for (String list : List.of("/api/keys", "/api/secrets", "/api/dead-letters", "/api/webhooks")) {
            while (web.send(workspace, "GET", list, "").json().path("items").isEmpty()) {
                assertThat(System.nanoTime()).as(list).isLessThan(until);
            }
        }
        while (!isRunning()) {
            assertThat(System.nanoTime()).as("the run has begun").isLessThan(until);
        }
    }

    private boolean isRunning() throws Exception {
        return web.send(workspace, "GET", filled("/api/runs/{id}"), "")
                .json()
                .path("status")
                .asText()
                .equals("running");
    }

    /** How all of them stand. */
    Map<String, JsonNode> state() throws Exception {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (String path : List.of(
                "/api/runs/{id}",
                "/api/runs/{id}/history",
                "/breadcrumbs/{id}/full",
                "/breadcrumbs/{id}/history",
                "/api/workflows/{name}",
                "/api/schedules/{name}",
                "/api/secrets",
                "/api/webhooks/{id}",
                "/api/keys",
                "/api/dead-letters/{id}")) {
            all.put(path, web.good(workspace, "GET", filled(path), "").json());
        }
        return all;
    }

    /** The path that leads to one of these. */
    String filled(String template) {
        if (!template.contains("{")) {
            return template;
        }
        List<String> leading =
                ids.keySet().stream().filter(template::startsWith).toList();
        assertThat(leading)
                .as("%s leads to an object that this test does not make: add it, or say that it is of all", template)
                .hasSize(1);
        return template.replaceFirst("\\{[^}]+}", ids.get(leading.getFirst()))
                .replace("/signals/{name}", "/signals/paid")
                .replace("/approvals/{step}", "/approvals/ok");
    }
}
