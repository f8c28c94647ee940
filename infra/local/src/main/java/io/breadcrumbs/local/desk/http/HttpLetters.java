package io.breadcrumbs.local.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.sdk.operate.Retried;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dead letters of the caller's workspace, by their routes. */
final class HttpLetters implements LetterDesk {

    private static final int MOST_A_PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Door door;

    HttpLetters(Door door) {
        this.door = door;
    }

    @Override
    public List<JsonNode> all(@Nullable String topic) throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = door.get("/api/dead-letters?limit=" + MOST_A_PAGE
                            + (topic == null ? "" : "&topic=" + Door.part(topic))
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .orFail();
            Reply.items(page, "items").stream().map(Reply::node).forEach(all::add);
            cursor = Reply.text(page, "cursor");
        } while (!cursor.isEmpty());
        return all;
    }

    @Override
    public JsonNode find(String id) throws InterruptedException {
        return Reply.node(demandFound(id, door.get(address(id))).orFail());
    }

    @Override
    public Retried retry(String id) throws InterruptedException {
        Reply reply = demandFound(id, door.send("POST", address(id) + "/retry", "{}", PATIENCE));
        return switch (reply) {
            case Reply.Ok(JsonObject json) ->
                json.get("host") == null
                        ? new Retried.Again(id, Reply.text(json, "position"))
                        : new Retried.Posted(id, Reply.text(json, "host"));
            case Reply.Problem problem when problem.status() == 409 -> new Retried.Kept(id, problem.detail());
            case Reply.Problem problem when problem.status() == 503 -> new Retried.Unwritten(id, problem.detail());
            case Reply.Problem problem -> throw problem.failure();
        };
    }

    @Override
    public void delete(String id) throws InterruptedException {
        demandFound(id, door.send("DELETE", address(id), null, PATIENCE)).orFail();
    }

    private static String address(String id) {
        return "/api/dead-letters/" + Door.part(id);
    }

    private static Reply demandFound(String id, Reply reply) {
        if (reply instanceof Reply.Problem problem && problem.status() == 404) {
            throw LetterDesk.missing(id);
        }
        return reply;
    }
}
