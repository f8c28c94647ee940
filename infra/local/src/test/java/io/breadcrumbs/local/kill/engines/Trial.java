package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.List;

/**
 * A workflow of which it is known what it gives: each tool gives back what it is given, so that the output shows which
 * results the steps used.
 *
 * @param definition JSON; in it as in {@code output}, {@code POOL} stands for the pool, {@code RUN} for the run's id,
 *     and {@code RETRY} for what makes up for a machine that is too busy for the tool's timeout
 * @param once the step whose tool must not run twice, so that there is no retry; empty: none
 */
record Trial(String definition, String output, String once) {

    private static final String RETRY = "\"retry\": {\"attempts\": 5, \"backoff\": \"200ms\", \"on\": [\"timeout\"]}";

    private static final String INPUT = "{\"list\": [\"x\", \"y\", \"z\"]}";

    /** A step of each class of effects, two of them at once. */
    private static final Trial EFFECTS = new Trial("""
            {"output": "{d.output.id}", "steps": [
              {"id": "a", "tool": "look-POOL", RETRY, "input": {"id": "{run.id}/a"}},
              {"id": "b", "tool": "work-POOL", RETRY, "input": {"id": "{a.output.id}/b"}},
              {"id": "c", "tool": "pay-POOL", "input": {"id": "pay {a.output.id}"}},
              {"id": "d", "tool": "look-POOL", RETRY, "input": {"id": "{b.output.id} {c.output.id}"}}]}
            """, "\"RUN/a/b pay RUN/a\"", "c");

    private static final Trial PURE = new Trial("""
            {"output": "{c.output.id}", "steps": [
              {"id": "a", "tool": "look-POOL", RETRY, "input": {"id": "{run.id}/a"}},
              {"id": "b", "tool": "look-POOL", RETRY, "input": {"id": "{a.output.id}/b"}},
              {"id": "c", "tool": "look-POOL", RETRY, "input": {"id": "{b.output.id}/c"}}]}
            """, "\"RUN/a/b/c\"", "");

    private static final Trial EACH = new Trial("""
            {"output": {"each": "{each.output}", "pay": "{pay.output.id}"}, "steps": [
              {"id": "each", RETRY, "map": {"over": "{input.list}", "concurrency": 2,
                "step": {"tool": "work-POOL", "input": {"id": "{run.id}/{item}"}}}},
              {"id": "pay", "tool": "pay-POOL", "deps": "each", "input": {"id": "pay {run.id}"}}]}
            """, """
            {"each": [{"id": "RUN/x"}, {"id": "RUN/y"}, {"id": "RUN/z"}], "pay": "pay RUN"}""", "pay");

    private static final Trial TIME = new Trial("""
            {"output": "{b.output.id}", "steps": [
              {"id": "a", "tool": "work-POOL", RETRY, "input": {"id": "{run.id}/a"}},
              {"id": "later", "wait": "700ms", "deps": "a"},
              {"id": "b", "tool": "look-POOL", RETRY, "deps": "later", "input": {"id": "{a.output.id}/b"}}]}
            """, "\"RUN/a/b\"", "");

    private static final Trial CHILD = new Trial("""
            {"output": "{b.output.id}", "steps": [
              {"id": "below", "input": {"id": "{run.id}"}, "workflow": {"output": "{a.output}", "steps": [
                {"id": "a", "tool": "work-POOL", RETRY, "input": {"id": "{input.id}/a"}}]}},
              {"id": "b", "tool": "look-POOL", RETRY, "input": {"id": "{below.output.id}/b"}}]}
            """, "\"RUN/a/b\"", "");

    private static final List<Trial> ALL = List.of(EFFECTS, PURE, EACH, TIME, CHILD);

    static Trial of(int number) {
        return ALL.get(Math.floorMod(number, ALL.size()));
    }

    Start start(String runId, String pool) {
        return Start.drawn(runId, definition.replace("POOL", pool).replace("RETRY", RETRY), INPUT);
    }

    Json expected(String runId) {
        return Value.of(output.replace("RUN", runId)).json();
    }
}
