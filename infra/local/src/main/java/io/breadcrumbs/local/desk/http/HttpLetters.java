package io.breadcrumbs.local.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.sdk.operate.Retried;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    public void retry(List<String> ids, Consumer<Retried> told) throws InterruptedException {
        List<String> left = ids;
        while (!left.isEmpty()) {
            List<JsonObject> came = retried(left.subList(0, Math.min(left.size(), MOST_A_PAGE)));
            if (came.isEmpty()) {
                throw new FailureException(ExitCode.FAILED, left.size() + " letters: the door came to none of them");
            }
            came.forEach(one -> told.accept(retried(one)));
            left = left.subList(came.size(), left.size());
        }
    }

    /** The first of them, as many as the door came to. */
    private List<JsonObject> retried(List<String> ids) throws InterruptedException {
        JsonArray all = new JsonArray(List.copyOf(ids.stream().map(Json::of).toList()));
        String body = JsonObject.builder().put("ids", all).build().toString();
        return Reply.items(
                door.send("POST", "/api/dead-letters/retry", body, PATIENCE).orFail(), "items");
    }

    private static Retried retried(JsonObject one) {
        String id = Reply.text(one, "id");
        if (one.get("position") != null) {
            return new Retried.Again(id, Reply.text(one, "position"));
        }
        if (one.get("host") != null) {
            return new Retried.Posted(id, Reply.text(one, "host"));
        }
        return one.get("kept") == null
                ? new Retried.Unwritten(id, Reply.text(one, "unwritten"))
                : new Retried.Kept(id, Reply.text(one, "kept"));
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
