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
            JsonObject.Builder step = JsonObject.builder().put("id", STEPS.get(i));
            List<Json> deps = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0 && i > 0; k--) {
                Json dep = Json.of(STEPS.get(random.nextInt(i)));
                if (!deps.contains(dep)) {
                    deps.add(dep);
                }
            }
            work(step, deep);
            steps.add(step.put("deps", new JsonArray(deps)).build());
        }
        JsonObject.Builder workflow = JsonObject.builder();
        if (random.nextInt(8) == 0) {
            workflow.put("retention", random.nextInt(60));
        }
        return workflow.put("onError", random.nextBoolean() ? "stop" : "continue")
                .put("steps", new JsonArray(steps))
                .build();
    }

    private void work(JsonObject.Builder step, boolean deep) {
        switch (random.nextInt(12)) {
            case 0 -> step.put("tool", "flaky").put("retry", Json.object("attempts", Json.of(3)));
            case 1 -> step.put("tool", "broken");
            case 2 -> step.put("wait", Json.object("signal", Json.of("go")));
            case 3 -> step.put("wait", Json.object("for", Json.of("20ms")));
            case 4 -> step.put("approval", Json.object("title", Json.of("Go on?")));
            case 5 -> {
                if (random.nextInt(5) == 0) {
                    step.put("workflow", random.nextBoolean() ? "unknown" : STORED);
                } else if (deep) {
                    step.put("workflow", workflow(1 + random.nextInt(2), false));
                } else {
                    step.put("tool", "pure");
                }
            }
            case 6 -> {
                JsonObject each = Json.object("tool", Json.of(random.nextBoolean() ? "pure" : "idempotent"));
                step.put(
                        "map",
                        JsonObject.builder()
                                .put("over", new JsonArray(List.of(Json.of(1), Json.of(2), Json.of(3))))
                                .put("concurrency", 2)
                                .put("step", each)
                                .build());
            }
            case 7 -> step.put("tool", "idempotent").put("compensate", Json.object("tool", Json.of("idempotent")));
            case 8, 9 -> step.put("tool", "idempotent");
            default -> step.put("tool", "pure");
        }
    }
}
