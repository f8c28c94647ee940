package io.breadcrumbs.local.runs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.Story;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepTreeTest {

    private static final long NOW = Story.START + 10_000;

    @Test
    void shouldShowStepsWithStatesAndTimesAndRunsBelowThem() {
        String inner = "{\"id\": \"build\", \"tool\": \"compile\"}";
        Story child = Story.of("r.all.1", inner).then(1_000, Story.asked("build", "compile", "gpu"));
        Story run = Story.of(
                        "r",
                        "[{\"id\": \"first\", \"tool\": \"fetch\"}, {\"id\": \"all\", \"workflow\": {\"steps\": "
                                + inner + "}}, {\"id\": \"last\", \"deps\": \"all\", \"wait\": \"1h\"}]")
                .then(0, Story.asked("first", "fetch", "default"), Story.called("all", "r.all.1"))
                .then(2_000, new Event.Completed(Place.of("first"), 1, Value.of("1"), null));

        List<String> lines = StepTree.of(run.run(), id -> id.equals("r.all.1") ? child.run() : null, NOW);

        assertThat(lines)
                .containsExactly(
                        "  first  fetch     completed  2.0 s",
                        "  all    workflow  running    10 s",
                        "    run r.all.1 (story) is running, begun 10 s ago",
                        "      build  compile  running    9.0 s",
                        "  last   sleep     pending");
    }

    @Test
    void shouldShowOpenElementsOfAMapAndCountTheRest() {
        String list = IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        Story run = Story.of(
                        "r", "{\"id\": \"each\", \"map\": {\"over\": " + list + ", \"step\": {\"tool\": \"fetch\"}}}")
                .then(0, new Event.Opened("each", Value.of(list)));
        for (int i = 0; i < 12; i++) {
            run.then(0, new Event.Asked(new Place("each", i), 1, Story.request("each" + i, "fetch", "default")));
        }
        run.then(1_000, new Event.Completed(new Place("each", 0), 1, Value.of("1"), null));

        List<String> lines = StepTree.of(run.run(), _ -> null, NOW);

        assertThat(lines)
                .hasSize(10)
                .startsWith("  each  map fetch  running    10 s, 1 of 20 done", "    #1  running    10 s")
                .endsWith("    #8  running    10 s", "    and 3 more");
    }
}
