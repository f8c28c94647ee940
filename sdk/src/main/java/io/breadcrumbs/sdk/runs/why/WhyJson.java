package io.breadcrumbs.sdk.runs.why;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a run does not move, for programs: the sentence, and what it rests on. */
public final class WhyJson {

    /** The longest waits; what comes behind them is counted. */
    private static final int MOST = 20;

    private WhyJson() {}

    public static JsonObject of(Facts facts) {
        Run run = facts.run().run();
        Facts.Undecided undecided = facts.undecided();
        List<Waits.Open> open = run.status().over() ? List.of() : Waits.open(facts.run());
        List<Json> waits =
                open.stream().limit(MOST).<Json>map(one -> wait(facts, one)).toList();
        return JsonObject.builder()
                .put("threadId", run.id())
                .put("why", Why.of(facts))
                .putIfPresent("status", facts.run().started() ? Summary.word(run.status()) : null)
                .putIfPresent("undecided", undecided == null ? null : undecided(undecided))
                .put("engines", facts.serving().engines())
                .put("waits", new JsonArray(waits))
                .put("waitsInAll", open.size())
                .build();
    }

    private static JsonObject undecided(Facts.Undecided undecided) {
        return JsonObject.builder()
                .put("command", undecided.what())
                .putIfPresent("at", StatusJson.time(undecided.at()))
                .build();
    }

    private static JsonObject wait(Facts facts, Waits.Open one) {
        JsonObject.Builder json = JsonObject.builder()
                .put("step", one.place().step())
                .putIfPresent(
                        "element",
                        one.place().whole() ? null : Json.of(one.place().item()))
                .put("status", Summary.word(one.task().status()))
                .putIfPresent("since", StatusJson.time(one.since()))
                .putIfPresent("until", StatusJson.time(one.task().until()));
        switch (one.task().status()) {
            case RUNNING -> asked(facts, one.asked(), json);
            case WAITING -> json.putIfPresent("signal", signal(facts.run().run(), one));
            case RETRYING ->
                json.putIfPresent("error", StatusJson.error(one.task().error()));
            case PENDING, COMPLETED, FAILED, BLOCKED, SKIPPED, CANCELLED -> {}
        }
        return json.build();
    }

    private static void asked(Facts facts, @Nullable Entry asked, JsonObject.Builder json) {
        if (asked != null && asked.event() instanceof Event.Asked event) {
            Event.Request request = event.request();
            json.put("tool", request.tool())
                    .put("pool", request.pool())
                    .put("requestId", request.id())
                    .put("answered", facts.answered().contains(request.id()))
                    .put("runners", facts.serving().runners().getOrDefault(request.pool(), 0));
        }
        if (asked != null && asked.event() instanceof Event.Called event) {
            json.put("run", event.child().runId());
        }
    }

    private static @Nullable String signal(Run run, Waits.Open one) {
        return run.plan().step(one.place().step()).work() instanceof Work.Signal signal ? signal.name() : null;
    }
}
