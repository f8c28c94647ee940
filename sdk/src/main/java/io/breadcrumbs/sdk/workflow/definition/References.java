package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.template.Nearest;
import io.breadcrumbs.sdk.workflow.template.Template;
import io.breadcrumbs.sdk.workflow.template.TemplateException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what in one step refers to others, and gathers which steps it needs. */
final class References {

    private static final int MOST_CONDITION = 10_000;

    /** Names that mean something else than a step. */
    static final Set<String> RESERVED = Set.of("input", "item", "index", "run");

    /** What may be referred to in one workflow; made once, since a workflow may have thousands of steps. */
    record Known(Set<String> steps, Set<String> roots, Set<String> rootsInMap, Conditions conditions) {

        static Known of(Set<String> steps, Conditions conditions) {
            Set<String> roots = new HashSet<>(steps);
            roots.addAll(Set.of("input", "run"));
            Set<String> rootsInMap = new HashSet<>(roots);
            rootsInMap.addAll(Set.of("item", "index"));
            return new Known(steps, roots, rootsInMap, conditions);
        }
    }

    private final @Nullable String step;
    private final Known known;
    private final Set<String> needs = new LinkedHashSet<>();

    /**
     * References of a step.
     *
     * @param step its id; null for what stands outside of steps
     */
    References(@Nullable String step, Known known) {
        this.step = step;
        this.known = known;
    }

    /** The other steps that were referred to. */
    Set<String> needs() {
        return needs;
    }

    Known known() {
        return known;
    }

    /** The template that is the value of a field; absent, it gives {@code otherwise}. */
    Template template(Fields fields, String name, Json otherwise) {
        return template(fields, name, otherwise, known.roots);
    }

    /** The same within a map, where {@code item} and {@code index} have a meaning too. */
    Template templateInMap(Fields fields, String name, Json otherwise) {
        return template(fields, name, otherwise, known.rootsInMap);
    }

    private Template template(Fields fields, String name, Json otherwise, Set<String> roots) {
        Template template = parse(fields, name, otherwise, roots);
        need(template.roots(), fields, fields.place().field(name));
        return template;
    }

    /** A template that is read when the step is over: it may refer to the step itself, and is no reason to wait. */
    Template templateAfterwards(Fields fields, String name, Json otherwise) {
        return parse(fields, name, otherwise, known.roots);
    }

    private static Template parse(Fields fields, String name, Json otherwise, Set<String> roots) {
        @Nullable Json value = fields.get(name);
        try {
            return Template.of(value == null ? otherwise : value, roots);
        } catch (TemplateException e) {
            JsonPlace place = fields.place().field(name);
            e.faults()
                    .forEach(
                            fault -> fields.faultWithin(Fault.Code.BAD_TEMPLATE, place, fault.path(), fault.message()));
            return Template.constant(otherwise);
        }
    }

    /** The condition that is the value of a field; null if there is none, or none that will do. */
    @Nullable
    Condition condition(Fields fields, String name) {
        @Nullable Json value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonString(String text)) || text.isBlank() || text.length() > MOST_CONDITION) {
            fields.bad(name, "a condition of 1 to " + MOST_CONDITION + " characters", value);
            return null;
        }
        try {
            Condition condition = known.conditions.parse(text, known.roots);
            need(condition.roots(), fields, fields.place().field(name));
            return condition;
        } catch (ConditionException e) {
            fields.fault(Fault.Code.BAD_CONDITION, name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Whether a step may name another there; if not, notes why. */
    boolean mayName(String other, Fields fields, JsonPlace place) {
        if (other.equals(step)) {
            fields.fault(Fault.Code.SELF_DEP, place, "the step refers to itself");
            return false;
        }
        if (!known.steps.contains(other)) {
            String hint = Nearest.hint(other, known.steps);
            fields.fault(Fault.Code.UNKNOWN_DEP, place, "there is no step '" + clipped(other) + "'" + hint);
            return false;
        }
        return true;
    }

    private static String clipped(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "..." : name;
    }

    /** Notes the steps that a field names. */
    void needNamed(Fields fields, String name) {
        for (String other : fields.texts(name)) {
            if (mayName(other, fields, fields.place().field(name))) {
                needs.add(other);
            }
        }
    }

    private void need(Set<String> roots, Fields fields, JsonPlace place) {
        for (String root : roots) {
            if (root.equals(step)) {
                fields.fault(Fault.Code.SELF_DEP, place, "the step refers to itself");
            } else if (known.steps.contains(root)) {
                needs.add(root);
            }
        }
    }
}
