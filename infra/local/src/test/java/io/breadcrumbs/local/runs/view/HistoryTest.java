package io.breadcrumbs.local.runs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.testkit.workflow.Story;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Story STORY = Story.of(
                    "r",
                    "[{\"id\": \"build\", \"tool\": \"compile\"}, {\"id\": \"ok\", \"deps\": \"build\", \"approval\":"
                            + " {\"title\": \"Go?\"}}]")
            .then(5, Story.asked("build", "compile", "gpu"))
            .then(1_005, new Event.AttemptFailed(Place.of("build"), 1, Story.WHY, Story.START + 3_005))
            .then(3_005, new Event.Asked(Place.of("build"), 2, Story.request("build", "compile", "gpu")))
            .then(
                    3_105,
                    new Event.Completed(Place.of("build"), 2, Value.of("\"two\\u001b[2J\nlines\u001b\""), null),
                    new Event.Waits("ok", Story.START + 60_000, Value.of("3"), "Go?"))
            .then(
                    9_000,
                    new Event.Completed(Place.of("ok"), 1, Value.of("3"), "bob"),
                    new Event.Ended(RunStatus.COMPLETED, Value.of("{}"), null));

    private static List<String> lines() {
        History history = new History("r", new Plans(new CelConditions()), "");
        return STORY.decisions().stream()
                .map(News.Decided::new)
                .flatMap(decided -> history.lines(decided).stream())
                .map(line ->
                        line.replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "TIME").replaceAll(" {2,}", " | "))
                .toList();
    }

    @Test
    void shouldSayWhenWhereWhatByWhomAndAfterHowLong() {
        assertThat(lines())
                .containsExactly(
                        " | 0 | TIME | +0 ms | run | started by ada: {}",
                        " | 1 | TIME | +5 ms | build | asks for compile (pool gpu), attempt 1: {}",
                        " | 2 | TIME | +1.0 s | build | attempt 1 failed after 1.0 s, the next one comes in 2.0 s:"
                                + " BROKEN: it is broken",
                        " | 3 | TIME | +3.0 s | build | asks for compile (pool gpu), attempt 2: {}",
                        " | 4 | TIME | +3.1 s | build | completed after 100 ms: \"two\\u001b[2J lines \"",
                        " | 5 | TIME | +3.1 s | ok | waits for a decision: Go? 3, until 2030-03-17T17:47:40Z",
                        " | 6 | TIME | +9.0 s | ok | completed by bob after 5.8 s: 3",
                        " | 7 | TIME | +9.0 s | run | completed after 9.0 s: {}");
    }

    @Test
    void shouldKeepAllThatTheJournalHas() {
        List<JsonObject> lines = STORY.decisions().stream()
                .map(News.Decided::new)
                .flatMap(decided -> History.json(decided).stream())
                .toList();

        assertThat(lines).hasSize(8);
        assertThat(lines.get(3))
                .hasToString(
                        "{\"runId\":\"r\",\"sequence\":3,\"at\":\"2030-03-17T17:46:43.005Z\",\"inputId\":\"input/3\","
                                + "\"workspace\":\"default\",\"epoch\":7,\"instance\":\"engine-1\",\"partition\":3,\"offset\":40,"
                                + "\"type\":\"ASKED\",\"atMs\":1900000003005,\"stepId\":\"build\",\"attempt\":2,"
                                + "\"order\":{\"id\":\"build-request\",\"topic\":\"topic\",\"partition\":0,\"tool\":\"compile\","
                                + "\"toolVersion\":null,\"pool\":\"gpu\",\"pure\":true,\"once\":false,\"runId\":null},\"value\":\"{}\","
                                + "\"untilMs\":1900003600000}");
        assertThat(lines.get(4).get("value")).isEqualTo(Json.of("\"two\\u001b[2J\nlines\u001b\""));
    }
}
