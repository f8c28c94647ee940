package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one step. */
final class StepReader {

    /** What a step can be, by the field that says so; an agent's step is known by its role or by its task. */
    private static final List<String> KINDS =
            List.of("tool", "workflow", "map", "choice", "wait", "approval", "role", "task");

    private static final Set<String> ALWAYS = Set.of("id", "description", "deps", "when", "onError");
    private static final Set<String> OF_ATTEMPTS = Set.of("retry", "timeout", "compensate");

    private static final Map<String, Step.OnFailure> ON_FAILURE = Map.of(
            "stop", Step.OnFailure.STOP,
            "continue", Step.OnFailure.CONTINUE,
            "ignore", Step.OnFailure.IGNORE);

    /** As errors have them. */
    private static final Set<String> ERROR_KINDS = Set.of(
            "validation", "not-found", "timeout", "cancelled", "permission", "capacity", "runtime", "outcome-unknown");

    private static final Duration ATTEMPT = Duration.ofHours(1);
    private static final Duration WAIT = Duration.ofDays(365);
    private static final int MOST_ATTEMPTS = 1_000;
    private static final int USUAL_ATTEMPTS = 3;
    private static final int MOST_FACTOR = 100;

    private StepReader() {}

    /** Whether an object by itself is a step rather than a workflow. */
    static boolean isStep(JsonObject object) {
        return KINDS.stream().anyMatch(object.fields()::containsKey);
    }

    static Step read(String id, Fields fields, Retry usual, References.Known known) {
        References references = new References(id, known);
        fields.description();
        WorkReader reader = new WorkReader(references);
        Work work = work(fields, reader);
        boolean attempted = isAttempted(work);
        references.needNamed(fields, "deps");
        @Nullable Condition when = references.condition(fields, "when");
        return new Step(
                id,
                work,
                references.needs(),
                when,
                attempted ? retry(fields, usual) : Retry.NEVER,
                timeout(fields, work),
                fields.oneOf("onError", ON_FAILURE),
                attempted ? reader.compensation(fields) : null);
    }

    private static Work work(Fields fields, WorkReader reader) {
        List<String> kinds = new ArrayList<>(KINDS.stream().filter(fields::has).toList());
        if (kinds.contains("role")) {
            kinds.remove("task");
        }
        if (kinds.isEmpty()) {
            allow(fields, "a step", Set.copyOf(KINDS), OF_ATTEMPTS, Set.of("version", "input"));
            return reader.tool(fields);
        }
        if (kinds.size() > 1) {
            fields.fault(Fault.Code.AMBIGUOUS_STEP, fields.place(), "expected one of " + String.join(", ", kinds));
        }
        String kind = kinds.getFirst();
        if (kinds.size() == 1) {
            allow(fields, kind);
        }
        return switch (kind) {
            case "tool" -> reader.tool(fields);
            case "workflow" -> reader.child(fields);
            case "map" -> reader.map(fields);
            case "choice" -> reader.choice(fields);
            case "wait" -> reader.waiting(fields);
            case "approval" -> reader.approval(fields);
            default -> reader.agent(fields);
        };
    }

    private static void allow(Fields fields, String kind) {
        switch (kind) {
            case "tool" -> allow(fields, "a step with a tool", OF_ATTEMPTS, Set.of("tool", "version", "input"));
            case "workflow" -> allow(fields, "a step with a workflow", OF_ATTEMPTS, Set.of("workflow", "input"));
            case "map" -> allow(fields, "a step with a map", OF_ATTEMPTS, Set.of("map"));
            case "choice" -> allow(fields, "a step with a choice", Set.of("choice"));
            case "wait" -> allow(fields, "a step that waits", Set.of("wait", "timeout"));
            case "approval" -> allow(fields, "a step with an approval", Set.of("approval", "timeout"));
            default -> allow(fields, "a step with a role", OF_ATTEMPTS, Set.of("role", "task"));
        }
    }

    @SafeVarargs
    private static void allow(Fields fields, String what, Set<String>... names) {
        Set<String> all = new HashSet<>(ALWAYS);
        for (Set<String> some : names) {
            all.addAll(some);
        }
        fields.allow(all, what);
    }

    private static boolean isAttempted(Work work) {
        return switch (work) {
            case Work.Tool _, Work.Child _, Work.ForEach _, Work.Agent _ -> true;
            case Work.Choice _, Work.Signal _, Work.Sleep _, Work.Approval _ -> false;
        };
    }

    private static Duration timeout(Fields fields, Work work) {
        Duration usual = isAttempted(work) || work instanceof Work.Choice ? ATTEMPT : WAIT;
        @Nullable Duration timeout = fields.timeout("timeout");
        if (timeout == null && fields.get("approval") instanceof JsonObject approval) {
            timeout = fields.within(approval, fields.place().field("approval")).timeout("expires");
        }
        return timeout == null ? usual : timeout;
    }

    /** How often something is tried; what its object does not say is as usual. */
    static Retry retry(Fields fields, Retry usual) {
        @Nullable Json value = fields.get("retry");
        return switch (value) {
            case null -> usual;
            case JsonNumber _ ->
                new Retry(
                        fields.count("retry", MOST_ATTEMPTS, 1),
                        usual.backoff(),
                        usual.factor(),
                        usual.most(),
                        usual.jitter(),
                        usual.on());
            case JsonObject object ->
                retryOf(fields.within(object, fields.place().field("retry")), usual);
            case JsonNull _, JsonBoolean _, JsonString _, JsonArray _ -> {
                fields.bad("retry", "a number of attempts, or {\"attempts\", \"backoff\", ...}", value);
                yield usual;
            }
        };
    }

    private static Retry retryOf(Fields retry, Retry usual) {
        retry.allow(Set.of("attempts", "backoff", "factor", "max", "jitter", "on"), "a retry");
        @Nullable Duration backoff = retry.duration("backoff");
        @Nullable Duration most = retry.duration("max");
        int attempts = usual.attempts() > 1 ? usual.attempts() : USUAL_ATTEMPTS;
        return new Retry(
                retry.count("attempts", MOST_ATTEMPTS, attempts),
                backoff == null ? usual.backoff() : backoff,
                retry.number("factor", 1, MOST_FACTOR, usual.factor()),
                most == null ? usual.most() : most,
                retry.number("jitter", 0, 1, usual.jitter()),
                retry.has("on") ? errorKinds(retry) : usual.on());
    }

    private static Set<String> errorKinds(Fields retry) {
        Set<String> kinds = new HashSet<>();
        for (String written : retry.texts("on")) {
            String kind = written.replace('_', '-');
            if (ERROR_KINDS.contains(kind)) {
                kinds.add(kind);
            } else {
                String known = String.join(", ", ERROR_KINDS.stream().sorted().toList());
                retry.bad("on", "kinds of errors (" + known + ")", Json.of(written));
            }
        }
        return kinds;
    }
}
