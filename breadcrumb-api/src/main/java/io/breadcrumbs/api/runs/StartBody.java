package io.breadcrumbs.api.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.definition.Definitions;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to be run.
 *
 * @param threadId the run's id; null: one is made
 * @param name of the run, for people; the workflow's unless another one is given
 * @param stored name of the workflow where it is not given, but stored
 * @param version of the stored workflow; null: the newest
 * @param definition the workflow, null where it is stored
 * @param input of the run
 * @param limit after which it fails unless it is over
 */
public record StartBody(
        @Nullable String threadId,
        @Nullable String name,
        @Nullable String stored,
        @Nullable Integer version,
        @Nullable Definition definition,
        Json input,
        @Nullable Duration limit) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:@-]{1,200}");
    private static final Set<String> AROUND = Set.of("workflow", "version", "name", "input", "threadId", "timeout");
    private static final int MOST_OF_NAME = 200;
    private static final JsonObject NOTHING = JsonObject.builder().build();

    /** Reads a body: a workflow, a list of steps, a step, or an object around one of them; see docs/http.md. */
    static StartBody read(@Nullable String body, Conditions conditions) {
        Json json = parsed(body);
        if (!(json instanceof JsonObject object)) {
            Definition definition = definition(json, conditions);
            return new StartBody(null, definition.name(), null, null, definition, NOTHING, null);
        }
        String threadId = threadId(object.get("threadId"));
        Json workflow = object.get("workflow");
        if (workflow == null || isStep(object)) {
            boolean whole = object.get("steps") != null;
            Json input = whole ? object.get("input") : null;
            JsonObject.Builder rest = JsonObject.builder();
            for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                if (!field.getKey().equals("threadId")
                        && !(whole && field.getKey().equals("input"))) {
                    rest.put(field.getKey(), field.getValue());
                }
            }
            Definition definition = definition(rest.build(), conditions);
            return new StartBody(
                    threadId, definition.name(), null, null, definition, input == null ? NOTHING : input, null);
        }
        Set<String> unknown = new TreeSet<>(object.fields().keySet());
        unknown.removeAll(AROUND);
        if (!unknown.isEmpty()) {
            throw Bodies.wrong(
                    unknown.iterator().next(),
                    "expected a field among " + new TreeSet<>(AROUND) + " beside 'workflow', got another");
        }
        Json input = object.get("input");
        String stored = workflow instanceof JsonString(String name) ? name(name) : null;
        Definition given = stored == null ? definition(workflow, conditions) : null;
        String usual = given == null ? stored : given.name();
        return new StartBody(
                threadId,
                called(object.get("name"), usual),
                stored,
                given == null ? version(object.get("version")) : none(object.get("version")),
                given,
                input == null ? NOTHING : input,
                limit(object.get("timeout")));
    }

    private static Json parsed(@Nullable String body) {
        if (body == null || body.isBlank()) {
            throw Bodies.wrong("body", "expected a workflow, JSON, got nothing");
        }
        if (body.length() > 2 * Start.MOST_CHARACTERS) {
            throw tooLarge(body.length());
        }
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            throw Bodies.wrong("body", "expected JSON: " + e.getMessage());
        }
    }

    /** A step that starts another run has a name or a workflow in this field too. */
    private static boolean isStep(JsonObject object) {
        return object.get("id") != null || object.get("deps") != null;
    }

    private static Definition definition(Json json, Conditions conditions) {
        return switch (Definitions.parse(json, conditions)) {
            case Definitions.Outcome.Valid(Definition definition) -> definition;
            case Definitions.Outcome.Invalid(List<Fault> faults) -> throw new ProblemException(faulty(faults));
        };
    }

    /** All that is wrong at once. */
    private static Problem faulty(List<Fault> faults) {
        String first = faults.getFirst().toString();
        return Problem.of(
                        ProblemCode.INVALID,
                        faults.size() == 1
                                ? "the workflow has a fault: " + first
                                : "the workflow has " + faults.size() + " faults, the first: " + first)
                .with("errors", json(faults));
    }

    private static ArrayNode json(List<Fault> faults) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Fault fault : faults) {
            ObjectNode one = all.addObject().put("code", fault.code().name());
            if (fault.step() != null) {
                one.put("stepId", fault.step());
            }
            if (!fault.path().isEmpty()) {
                one.put("path", fault.path());
            }
            one.put("message", fault.message());
        }
        return all;
    }

    private static @Nullable String threadId(@Nullable Json json) {
        if (absent(json)) {
            return null;
        }
        return id(json instanceof JsonString(String id) ? id : "<" + json + ">");
    }

    private static @Nullable String called(@Nullable Json json, @Nullable String usual) {
        if (absent(json)) {
            return usual;
        }
        if (json instanceof JsonString(String name) && !name.isBlank() && name.length() <= MOST_OF_NAME) {
            return name;
        }
        throw Bodies.wrong("name", "expected 1 to " + MOST_OF_NAME + " characters, got " + json);
    }

    /** An id that can stand in an address. */
    public static String id(String id) {
        if (!ID.matcher(id).matches()) {
            throw Bodies.wrong("threadId", "expected 1 to 200 letters, digits, '_', '.', ':', '@' or '-', got " + id);
        }
        return id;
    }

    /** A name that a workflow may be stored under. */
    static String name(String name) {
        if (!StoredWorkflows.NAME.matcher(name).matches()) {
            throw Bodies.wrong(
                    "workflow",
                    "expected the name of a workflow, 1 to 100 letters, digits, '_', '.' or '-', got " + name);
        }
        return name;
    }

    /** The workflow that a body is. */
    static Definition definition(@Nullable String body, Conditions conditions) {
        return definition(parsed(body), conditions);
    }

    private static @Nullable Integer version(@Nullable Json json) {
        if (absent(json)) {
            return null;
        }
        if (!(json instanceof JsonNumber) || !json.toString().matches("[1-9]\\d{0,8}")) {
            throw Bodies.wrong("version", "expected a whole number from 1 on, got " + json);
        }
        return Integer.valueOf(json.toString());
    }

    private static @Nullable Integer none(@Nullable Json version) {
        if (absent(version)) {
            return null;
        }
        throw Bodies.wrong("version", "expected none, since the workflow is given and not stored");
    }

    private static @Nullable Duration limit(@Nullable Json json) {
        if (json == null || json instanceof JsonNull) {
            return null;
        }
        Duration limit = Times.duration(json);
        if (limit == null || limit.isZero()) {
            throw Bodies.wrong("timeout", "expected a time such as \"30s\" or \"1h30m\", got " + json);
        }
        return limit;
    }

    private static boolean absent(@Nullable Json json) {
        return json == null || json instanceof JsonNull;
    }

    static ProblemException tooLarge(long characters) {
        return new ProblemException(
                ProblemCode.TOO_LARGE,
                "expected at most " + Start.MOST_CHARACTERS + " characters for a workflow and its input, got "
                        + characters);
    }
}
