package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes workflows of all kinds of steps. */
final class RandomWorkflow {

    static final List<String> STEPS = List.of("a", "b", "c", "d", "e");

    private static final String STORED = "stored";

    private final Random random;

    RandomWorkflow(Random random) {
        this.random = random;
    }

    /** What is stored under a name; one has it. */
    static StoredWorkflows.@Nullable Stored stored(String workspace, String name) {
        return name.equals(STORED) && workspace.equals(Metas.DEFAULT_WORKSPACE)
                ? new StoredWorkflows.Stored(name, 1, "{\"tool\": \"idempotent\"}", null, 0)
                : null;
    }

    String source() {
        return workflow(1 + random.nextInt(STEPS.size()), true).toString();
    }

    private JsonObject workflow(int size, boolean deep) {
        List<Json> steps = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            steps.add(step(i, size, deep));
        }
        JsonObject.Builder workflow = JsonObject.builder();
        if (random.nextInt(8) == 0) {
            workflow.put("retention", random.nextInt(60));
        }
        if (random.nextInt(20) == 0) {
            workflow.put("timeout", 20 + random.nextInt(80));
        }
        return workflow.put("onError", random.nextBoolean() ? "stop" : "continue")
                .put("steps", new JsonArray(steps))
                .build();
    }

    private Json step(int place, int size, boolean deep) {
        JsonObject.Builder step = JsonObject.builder().put("id", STEPS.get(place));
        List<Json> deps = new ArrayList<>();
        for (int k = random.nextInt(3); k > 0 && place > 0; k--) {
            Json dep = Json.of(STEPS.get(random.nextInt(place)));
            if (!deps.contains(dep)) {
                deps.add(dep);
            }
        }
        String from = place > 0 && random.nextInt(3) > 0 ? STEPS.get(random.nextInt(place)) : null;
        if (place + 1 < size && random.nextInt(10) == 0) {
            step.put("choice", choice(place, size));
        } else {
            work(step, new Part(STEPS.get(place), from, deep));
        }
        if (place > 0 && random.nextInt(10) == 0) {
            step.put("when", condition(STEPS.get(random.nextInt(place))));
        }
        return step.put("deps", new JsonArray(deps)).build();
    }

    /** Between steps that come later, some of them in both branches. */
    private Json choice(int place, int size) {
        String one = STEPS.get(place + 1 + random.nextInt(size - place - 1));
        String other = STEPS.get(place + 1 + random.nextInt(size - place - 1));
        String when = place > 0 ? condition(STEPS.get(random.nextInt(place))) : "run.id != 'r1'";
        return new JsonArray(List.of(
                Json.object("when", Json.of(when), "steps", Json.of(one)), Json.object("steps", Json.of(other))));
    }

    private String condition(String of) {
        return of + ".status == " + (random.nextInt(3) == 0 ? "'skipped'" : "'completed'");
    }

    /**
     * A step, as far as its work hangs on it.
     *
     * @param from whose output it takes; null: nobody's
     * @param deep whether it may start runs that are written in it
     */
    private record Part(String id, @Nullable String from, boolean deep) {

        /** What it is given, and where that is from: {@link Results} looks whether it is so. */
        Json input() {
            return from == null ? Json.object(Results.IN, Json.of("{input}")) : input(from);
        }

        static Json input(String from) {
            return Json.object(Results.OF, Json.of(from), Results.FROM, Json.of("{" + from + ".output}"));
        }
    }

    private void work(JsonObject.Builder step, Part part) {
        switch (random.nextInt(12)) {
            case 0 -> step.put("tool", "flaky").put("retry", Json.object("attempts", Json.of(3)));
            case 1 -> step.put("tool", "broken");
            case 2 -> step.put("wait", Json.object("signal", Json.of("go")));
            case 3 -> step.put("wait", Json.object("for", Json.of("20ms")));
            case 4 -> step.put("approval", Json.object("title", Json.of("Go on?")));
            case 5 -> {
                child(step, part.deep());
                given(step, part);
            }
            case 6 -> step.put("map", map(part));
            case 7 -> {
                Json undo = Json.object("tool", Json.of("idempotent"), "input", Part.input(part.id()));
                step.put("tool", "idempotent").put("compensate", undo);
                given(step, part);
            }
            case 8, 9 -> {
                step.put("tool", "idempotent");
                given(step, part);
            }
            default -> {
                step.put("tool", "pure");
                given(step, part);
            }
        }
    }

    private void given(JsonObject.Builder step, Part part) {
        step.put("input", part.input());
        if (random.nextInt(10) == 0) {
            step.put("timeout", 4 + random.nextInt(30));
        }
    }

    private void child(JsonObject.Builder step, boolean deep) {
        if (random.nextInt(5) == 0) {
            step.put("workflow", random.nextBoolean() ? "unknown" : STORED);
        } else if (deep) {
            step.put("workflow", workflow(1 + random.nextInt(2), false));
        } else {
            step.put("tool", "pure");
        }
    }

    private Json map(Part part) {
        JsonObject.Builder each = JsonObject.builder();
        if (random.nextInt(5) == 0) {
            child(each, part.deep());
        } else {
            each.put("tool", random.nextBoolean() ? "pure" : "idempotent");
        }
        return JsonObject.builder()
                .put("over", new JsonArray(List.of(Json.of(1), Json.of(2), Json.of(3))))
                .put("concurrency", 2)
                .put("step", each.put("input", part.input()).build())
                .build();
    }
}
