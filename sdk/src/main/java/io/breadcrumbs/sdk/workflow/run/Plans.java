package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.definition.Conditions;
import io.breadcrumbs.sdk.workflow.definition.Definitions;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plans of definitions, by their text. Those used last are kept, since many runs have the same. Any thread. */
public final class Plans implements Function<String, Plan> {

    private static final int MOST_CHARACTERS = 16 << 20;

    private final Conditions conditions;
    private final LinkedHashMap<String, Plan> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    public Plans(Conditions conditions) {
        this.conditions = conditions;
    }

    @Override
    public Plan apply(String source) {
        synchronized (this) {
            Plan known = kept.get(source);
            if (known != null) {
                return known;
            }
        }
        return switch (Definitions.parse(source, conditions)) {
            case Definitions.Outcome.Valid(var definition) -> keep(source, new Plan(definition));
            case Definitions.Outcome.Invalid(var faults) ->
                throw new IllegalArgumentException(
                        faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }

    private synchronized Plan keep(String source, Plan plan) {
        if (kept.put(source, plan) == null) {
            characters += source.length();
        }
        Iterator<String> eldest = kept.keySet().iterator();
        while (characters > MOST_CHARACTERS && kept.size() > 1) {
            characters -= eldest.next().length();
            eldest.remove();
        }
        return plan;
    }
}
