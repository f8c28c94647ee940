package io.breadcrumbs.local.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Tools, by their routes. */
final class HttpTools implements ToolDesk {

    /** At the deadline the door says that nobody has answered. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** How the command line calls what the door says, in its order. */
    private static final SequencedMap<String, String> NAMES = new LinkedHashMap<>();

    static {
        List.of("name", "version", "description", "kind", "pool", "runners").forEach(same -> NAMES.put(same, same));
        NAMES.put("timeout_ms", "timeoutMs");
        NAMES.put("concurrency", "concurrency");
        NAMES.put("side_effects", "sideEffects");
        NAMES.put("enabled", "enabled");
        NAMES.put("triggers", "triggers");
        NAMES.put("input_schema", "inputSchema");
        NAMES.put("output_schema", "outputSchema");
        NAMES.put("examples", "examples");
    }

    private final Door door;

    HttpTools(Door door) {
        this.door = door;
    }

    @Override
    public List<ObjectNode> all() throws InterruptedException {
        JsonObject tools = door.get("/api/tools?versions=all&full=true").orFail();
        return Reply.items(tools, "items").stream().map(HttpTools::tool).toList();
    }

    /** What the door says, under the names that the command line has for it. */
    private static ObjectNode tool(JsonObject said) {
        JsonNode told = Reply.node(said);
        ObjectNode tool = JsonNodeFactory.instance.objectNode();
        NAMES.forEach((theirs, ours) -> tool.set(ours, told.get(theirs)));
        for (String symbol : List.of("kind", "sideEffects")) {
            tool.put(symbol, tool.path(symbol).asText().toUpperCase(Locale.ROOT));
        }
        return tool;
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
