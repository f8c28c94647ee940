package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.json.Json;
import java.util.List;
import java.util.Objects;

/** Definitions, as tests write them: with single quotes. */
final class Parsed {

    private static final CelConditions CONDITIONS = new CelConditions();

    private Parsed() {}

    static Definition valid(String text) {
        Definitions.Outcome outcome = Definitions.parse(text.replace('\'', '"'), CONDITIONS);
        assertThat(outcome).isInstanceOf(Definitions.Outcome.Valid.class);
        return ((Definitions.Outcome.Valid) outcome).definition();
    }

    static Definition valid(Json source) {
        Definitions.Outcome outcome = Definitions.parse(source, CONDITIONS);
        assertThat(outcome).isInstanceOf(Definitions.Outcome.Valid.class);
        return ((Definitions.Outcome.Valid) outcome).definition();
    }

    static List<Fault> faults(String text) {
        return faults(Definitions.parse(text.replace('\'', '"'), CONDITIONS));
    }

    static List<Fault> faults(Json source) {
        return faults(Definitions.parse(source, CONDITIONS));
    }

    private static List<Fault> faults(Definitions.Outcome outcome) {
        return switch (outcome) {
            case Definitions.Outcome.Valid _ -> List.of();
            case Definitions.Outcome.Invalid(List<Fault> faults) -> faults;
        };
    }

    static Step step(Definition definition, String id) {
        return Objects.requireNonNull(definition.steps().get(id), id);
    }

    /** The only step of a definition that has one. */
    static Step step(String text) {
        return valid(text).steps().values().iterator().next();
    }
}
