package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.template.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the templates and conditions of a run's step see. */
public record RunScope(Run run, Place at) implements Scope {

    @Override
    public @Nullable Json root(String name) {
        return switch (name) {
            case "input" -> run.input().json();
            case "run" -> Json.object("id", Json.of(run.id()));
            case "item" -> at.whole() ? null : run.step(at.step()).element(at.item());
            case "index" -> at.whole() ? null : Json.of(at.item());
            default -> run.plan().has(name) ? step(run.step(name)) : null;
        };
    }

    /** A failure that was to be ignored looks as if the step had been left out, but says why. */
    private static Json step(StepState step) {
        Value output = step.output;
        RunError error = step.error;
        String status =
                step.status == StepStatus.FAILED ? LEFT_OUT : step.status.name().toLowerCase(Locale.ROOT);
        return JsonObject.builder()
                .put("output", output == null ? Json.nothing() : output.json())
                .put("status", status)
                .put("error", error == null ? Json.nothing() : error.json())
                .build();
    }
}
