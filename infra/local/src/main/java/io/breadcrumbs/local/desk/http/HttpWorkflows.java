package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.desk.WorkflowDesk;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workflows that are stored under names, by their routes. */
final class HttpWorkflows implements WorkflowDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Door door;

    HttpWorkflows(Door door) {
        this.door = door;
    }

    @Override
    public List<Stored> all() throws InterruptedException {
        List<Stored> all = new ArrayList<>();
        for (JsonObject one : Reply.items(door.get("/api/workflows").orFail(), "items")) {
            all.add(find(Reply.text(one, "name"), null));
        }
        return all;
    }

    @Override
    public Stored find(String name, @Nullable Integer version) throws InterruptedException {
        String query = version == null ? "" : "?version=" + version;
        return switch (door.get("/api/workflows/" + Door.part(name) + query)) {
            case Reply.Ok(JsonObject json) -> stored(json);
            case Reply.Problem problem when problem.status() == 404 -> throw WorkflowDesk.none(name, version);
            case Reply.Problem problem -> throw problem.failure();
        };
    }

    private static Stored stored(JsonObject json) {
        Json definition = json.get("definition");
        return new Stored(
                Reply.text(json, "name"),
                (int) HttpRuns.number(json, "version"),
                String.valueOf(definition),
                HttpRuns.orNull(json, "by"),
                HttpRuns.moment(json, "at"));
    }

    @Override
    public int save(String name, String definition) throws InterruptedException {
        JsonObject saved = door.send("PUT", "/api/workflows/" + Door.part(name), definition, PATIENCE)
                .orFail();
        return (int) HttpRuns.number(saved, "version");
    }

    @Override
    public void delete(String name) throws InterruptedException {
        Reply reply = door.send("DELETE", "/api/workflows/" + Door.part(name), null, PATIENCE);
        if (reply instanceof Reply.Problem problem && problem.status() == 404) {
            throw WorkflowDesk.none(name, null);
        }
        reply.orFail();
    }
}
