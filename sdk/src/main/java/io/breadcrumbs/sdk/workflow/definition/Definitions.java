package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses definitions: a workflow, a list of steps, or a single step. {@code docs/workflows.md} has the format. */
public final class Definitions {

    public static final int MOST_STEPS = 10_000;
    public static final int MOST_BYTES = 4 << 20;

    private static final int MOST_OF_CYCLE = 10;
    private static final int MOST_OF_ID = 100;
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1," + MOST_OF_ID + "}");
    private static final Set<String> FIELDS =
            Set.of("name", "version", "description", "steps", "onError", "timeout", "retention", "retry", "output");
    private static final Map<String, Definition.OnError> ON_ERROR =
            Map.of("stop", Definition.OnError.STOP, "continue", Definition.OnError.CONTINUE);
    private static final JsonObject NOTHING = JsonObject.builder().build();

    private final Conditions conditions;
    private final List<Fault> faults;
    private final @Nullable String outer;

    /** What parsing gives. */
    public sealed interface Outcome {

        record Valid(Definition definition) implements Outcome {}

        /**
         * A definition that cannot be run.
         *
         * @param faults all that is wrong with it; of very many, the first
         */
        record Invalid(List<Fault> faults) implements Outcome {

            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }

    private Definitions(Conditions conditions, List<Fault> faults, @Nullable String outer) {
        this.conditions = conditions;
        this.faults = faults;
        this.outer = outer;
    }

    /** The definition that a text is, or all that is wrong with it. */
    public static Outcome parse(String text, Conditions conditions) {
        if (isTooLarge(text)) {
            return tooLarge();
        }
        try {
            return read(Json.parse(text), conditions);
        } catch (JsonException e) {
            return new Outcome.Invalid(
                    List.of(new Fault(Fault.Code.BAD_JSON, null, "", String.valueOf(e.getMessage()))));
        }
    }

    /** The definition that a value is, or all that is wrong with it. */
    public static Outcome parse(Json source, Conditions conditions) {
        return isTooLarge(source.toString()) ? tooLarge() : read(source, conditions);
    }

    private static boolean isTooLarge(String text) {
        return text.length() > MOST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    private static Outcome tooLarge() {
        return new Outcome.Invalid(List.of(new Fault(
                Fault.Code.TOO_LARGE, null, "", "expected at most " + MOST_BYTES + " bytes in UTF-8, got more")));
    }

    private static Outcome read(Json source, Conditions conditions) {
        List<Fault> faults = new ArrayList<>();
        Definition definition = new Definitions(conditions, faults, null).workflow(source, JsonPlace.WHOLE);
        return faults.isEmpty() ? new Outcome.Valid(definition) : new Outcome.Invalid(faults);
    }

    /** Notes what is wrong with a workflow that stands in a step. */
    static void check(Json source, Fields step, Conditions conditions) {
        new Definitions(conditions, step.faults(), step.step())
                .workflow(source, step.place().field("workflow"));
    }

    private Definition workflow(Json source, JsonPlace place) {
        boolean whole = source instanceof JsonObject object && !isStep(object);
        Fields fields = new Fields(whole ? (JsonObject) source : NOTHING, place, outer, faults);
        fields.allow(FIELDS, "a workflow");
        fields.description();
        fields.version("version");
        List<Draft> drafts = whole ? drafts(fields) : drafts(source, place, fields);
        References.Known known = References.Known.of(ids(drafts), conditions);
        Map<String, Step> steps = steps(drafts, StepReader.retry(fields, Retry.NEVER), known);
        findCycles(drafts, steps);
        References references = new References(null, known);
        Definition.@Nullable OnError onError = fields.oneOf("onError", ON_ERROR);
        return new Definition(
                fields.text("name"),
                steps,
                onError == null ? Definition.OnError.STOP : onError,
                fields.timeout("timeout"),
                fields.duration("retention"),
                fields.has("output") ? references.template(fields, "output", Json.nothing()) : null,
                source,
                Definition.Graph.of(steps.values()));
    }

    private static boolean isStep(JsonObject object) {
        return !object.fields().containsKey("steps") && StepReader.isStep(object);
    }

    private List<Draft> drafts(Fields fields) {
        @Nullable Json steps = fields.get("steps");
        if (steps == null) {
            fields.fault(Fault.Code.NO_STEPS, fields.place(), "expected a field 'steps' with a list of steps");
            return List.of();
        }
        return drafts(steps, fields.place().field("steps"), fields);
    }

    private List<Draft> drafts(Json steps, JsonPlace place, Fields fields) {
        List<Draft> drafts = new ArrayList<>();
        if (steps instanceof JsonObject step) {
            drafts.add(draft(step, place, 1));
        } else if (!(steps instanceof JsonArray list)) {
            fields.bad(place, "a list of steps, or a step", steps);
        } else if (list.size() == 0) {
            fields.fault(Fault.Code.NO_STEPS, place, "expected at least one step");
        } else if (list.size() > MOST_STEPS) {
            fields.fault(Fault.Code.TOO_LARGE, place, "expected at most " + MOST_STEPS + " steps, got " + list.size());
        } else {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof JsonObject step) {
                    drafts.add(draft(step, place.element(i), i + 1));
                } else {
                    fields.bad(place.element(i), "a step, which is an object", list.get(i));
                }
            }
        }
        return drafts;
    }

    private Draft draft(JsonObject step, JsonPlace place, int number) {
        @Nullable Json given = step.get("id");
        boolean absent = given == null || given instanceof JsonNull;
        String id = given instanceof JsonString(String text) ? clipped(text) : "step" + number;
        String name = outer == null ? id : outer + "/" + id;
        Fields fields = new Fields(step, place, name, faults);
        if (!absent && !(given instanceof JsonString && ID.matcher(id).matches())) {
            fields.fault(Fault.Code.BAD_ID, "id", "expected 1 to 100 letters, digits, '_' or '-'");
        } else if (References.RESERVED.contains(id)) {
            fields.fault(Fault.Code.BAD_ID, "id", "'" + id + "' has a meaning of its own in templates");
        }
        return new Draft(id, fields);
    }

    /** One letter more than an id may have is enough to see that it is too long. */
    private static String clipped(String id) {
        return id.substring(0, Math.min(id.length(), MOST_OF_ID + 1));
    }

    private static Set<String> ids(List<Draft> drafts) {
        Set<String> ids = new LinkedHashSet<>();
        for (Draft draft : drafts) {
            if (!ids.add(draft.id)) {
                draft.fields.fault(Fault.Code.DUPLICATE_ID, "id", "there is another step '" + draft.id + "'");
            }
        }
        return ids;
    }

    private static Map<String, Step> steps(List<Draft> drafts, Retry usual, References.Known known) {
        Map<String, Step> steps = new LinkedHashMap<>();
        Map<String, Set<String>> choices = new HashMap<>();
        for (Draft draft : drafts) {
            Step step = StepReader.read(draft.id, draft.fields, usual, known);
            steps.put(step.id(), step);
            if (step.work() instanceof Work.Choice(List<Work.Branch> branches)) {
                branches.stream()
                        .flatMap(branch -> branch.steps().stream())
                        .forEach(named -> choices.computeIfAbsent(named, _ -> new LinkedHashSet<>())
                                .add(step.id()));
            }
        }
        choices.forEach((named, needed) -> steps.computeIfPresent(named, (_, step) -> step.needing(needed)));
        return steps;
    }

    private static void findCycles(List<Draft> drafts, Map<String, Step> steps) {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        steps.forEach((id, step) -> needs.put(id, step.needs()));
        Map<String, Fields> places = new HashMap<>();
        drafts.forEach(draft -> places.putIfAbsent(draft.id, draft.fields));
        for (List<String> cycle : Cycles.find(needs)) {
            String shown = String.join(" needs ", cycle.subList(0, Math.min(cycle.size(), MOST_OF_CYCLE)));
            String left = cycle.size() > MOST_OF_CYCLE ? " needs ... (" + cycle.size() + " steps)" : "";
            Fields fields = Objects.requireNonNull(places.get(cycle.getFirst()));
            fields.fault(
                    Fault.Code.CYCLE,
                    fields.place(),
                    "expected steps that can start one after the other, got " + shown + left + " needs "
                            + cycle.getFirst());
        }
    }

    /** A step before it is read. */
    private record Draft(String id, Fields fields) {}
}
