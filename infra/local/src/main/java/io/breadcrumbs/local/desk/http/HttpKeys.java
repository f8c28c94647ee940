package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.KeyDesk;
import io.breadcrumbs.sdk.access.KeyLine;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys, by their routes. */
final class HttpKeys implements KeyDesk {

    private static final String ADDRESS = "/api/keys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Door door;

    HttpKeys(Door door) {
        this.door = door;
    }

    @Override
    public Made make(String name, List<String> roles, @Nullable Duration holds) throws InterruptedException {
        JsonObject made = door.post(
                        ADDRESS,
                        JsonObject.builder()
                                .put("name", name)
                                .put(
                                        "roles",
                                        new JsonArray(List.copyOf(roles.stream()
                                                .map(JsonString::new)
                                                .toList())))
                                .putIfPresent("expires", holds == null ? null : holds.toString())
                                .build())
                .orFail();
        return new Made(Reply.text(made, "id"), Reply.text(made, "key"), Reply.text(made, "workspace"));
    }

    @Override
    public List<KeyLine> all() throws InterruptedException {
        return Reply.items(door.get(ADDRESS).orFail(), "items").stream()
                .map(HttpKeys::line)
                .toList();
    }

    private static KeyLine line(JsonObject key) {
        List<String> roles = key.get("roles") instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(role -> ((JsonString) role).value())
                        .toList()
                : List.of();
        return new KeyLine(
                Reply.text(key, "id"),
                Reply.text(key, "name"),
                Reply.text(key, "workspace"),
                roles,
                Instant.ofEpochMilli(HttpRuns.moment(key, "madeAt")),
                moment(key, "expiresAt"),
                moment(key, "revokedAt"));
    }

    private static @Nullable Instant moment(JsonObject key, String name) {
        String text = HttpRuns.orNull(key, name);
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public void revoke(String id) throws InterruptedException {
        Reply reply = door.send("DELETE", ADDRESS + "/" + Door.part(id), null, PATIENCE);
        if (reply instanceof Reply.Problem problem && problem.json().get("workspace") != null) {
            throw new FailureException(ExitCode.FAILED, "no key '" + id + "'; './crumb key list' lists those that are");
        }
        reply.orFail();
    }
}
