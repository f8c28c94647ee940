package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tools, by their routes. */
final class HttpTools implements ToolDesk {

    /** At the deadline the door says that nobody has answered. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Door door;

    HttpTools(Door door) {
        this.door = door;
    }

    @Override
    public Answered call(String tool, String input, Duration atMost) throws InterruptedException {
        Reply reply = door.send(
                "POST",
                "/api/tools/" + Door.part(tool) + "?timeout=" + atMost.toMillis() + "ms",
                input,
                atMost.plus(GRACE));
        return switch (reply) {
            case Reply.Ok(JsonObject json) -> new Answered(json.toString(), String.valueOf(json.get("output")), null);
            case Reply.Problem problem -> new Answered(problem.json().toString(), null, error(problem));
        };
    }

    /** What the tool said, if it said something; else what the door says. */
    private static @Nullable String error(Reply.Problem problem) {
        Json said = problem.json().get("error");
        if (!(said instanceof JsonObject error)) {
            return problem.failure().getMessage();
        }
        String field = Reply.text(error, "field");
        return Reply.text(error, "kind").toUpperCase(Locale.ROOT) + (field.isEmpty() ? "" : " in '" + field + "'")
                + ": " + Reply.text(error, "message");
    }
}
