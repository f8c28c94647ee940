package io.breadcrumbs.sdk.runs.why;

import static io.breadcrumbs.sdk.testkit.workflow.Story.START;
import static io.breadcrumbs.sdk.testkit.workflow.Story.WHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.testkit.workflow.Story;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One sentence for each way in which a run can stand still, 41 seconds after it began. */
class WhyTest {

    private static final long NOW = START + 41_000;
    private static final Facts.Serving ALL = new Facts.Serving(1, Map.of("gpu", 2), Set.of("compile"));
    private static final String BUILD = "{\"id\": \"build\", \"tool\": \"compile\"}";
    private static final String TWICE =
            "{\"id\": \"build\", \"tool\": \"compile\", \"retry\": 3, \"compensate\": {\"tool\": \"clean\"}}";
    private static final Event COMPLETED = new Event.Completed(Place.of("build"), 1, Value.of("1"), null);

    private static Facts facts(Story story) {
        return facts(story, ALL);
    }

    private static Facts facts(Story story, Facts.Serving serving) {
        return new Facts(story.run(), _ -> null, null, Set.of(), serving, NOW);
    }

    private static Story building() {
        return Story.of("r", BUILD).then(0, Story.asked("build", "compile", "gpu"));
    }

    private static Stream<Arguments> toolsAndRunners() {
        Story building = building();
        return Stream.of(
                Arguments.of(
                        facts(building, new Facts.Serving(1, Map.of(), Set.of("compile"))),
                        "step build waits for tool compile (pool gpu), requested 41 s ago; no runner serves pool gpu"
                                + " (it is given up in 59 min 19 s)"),
                Arguments.of(
                        facts(building),
                        "step build waits for tool compile (pool gpu), requested 41 s ago; 2 runners serve the pool,"
                                + " and its answer moves the run (it is given up in 59 min 19 s)"),
                Arguments.of(
                        facts(building, new Facts.Serving(1, Map.of("gpu", 1), Set.of())),
                        "step build waits for tool compile (pool gpu), requested 41 s ago; the catalogue has no tool"
                                + " compile (it is given up in 59 min 19 s)"),
                Arguments.of(
                        new Facts(building.run(), _ -> null, null, Set.of("build-request"), ALL, NOW),
                        "step build waits for tool compile (pool gpu), requested 41 s ago; the answer is in the log,"
                                + " and the workflow-engine has not yet decided about it"));
    }

    private static Stream<Arguments> enginesAndFailures() {
        Story building = building();
        return Stream.of(
                Arguments.of(
                        facts(building, new Facts.Serving(0, Map.of("gpu", 2), Set.of("compile"))),
                        "step build waits for tool compile (pool gpu), requested 41 s ago; 2 runners serve the pool,"
                                + " and its answer moves the run (it is given up in 59 min 19 s); but no"
                                + " workflow-engine acts: start one, with './crumb up'"),
                Arguments.of(
                        new Facts(
                                building.run(),
                                _ -> null,
                                new Facts.Undecided("cancel", START + 40_000),
                                Set.of(),
                                ALL,
                                NOW),
                        "run r waits for a decision about its cancel, asked for 1.0 s ago; 1 workflow-engine acts:"
                                + " it takes over, or is behind"),
                Arguments.of(
                        new Facts(
                                Story.untold("r").run(),
                                _ -> null,
                                new Facts.Undecided("start", START),
                                Set.of(),
                                new Facts.Serving(0, Map.of(), Set.of()),
                                NOW),
                        "run r waits for a decision about its start, asked for 41 s ago; no workflow-engine acts:"
                                + " start one, with './crumb up'"),
                Arguments.of(
                        facts(Story.of("r", TWICE)
                                .then(0, Story.asked("build", "compile", "gpu"))
                                .then(1_000, new Event.AttemptFailed(Place.of("build"), 1, WHY, NOW + 12_000))),
                        "step build has failed (it is broken) and is tried again in 12 s, attempt 2 of 3"),
                Arguments.of(
                        facts(Story.of("r", TWICE)
                                .then(0, Story.asked("build", "compile", "gpu"))
                                .then(1_000, COMPLETED)
                                .then(
                                        2_000,
                                        new Event.Stopping(RunStatus.CANCELLED, WHY, "ada"),
                                        new Event.Undoing("build", Story.request("build", "clean", "gpu")))),
                        "run r is being stopped (it is broken), and waits for tool clean (pool gpu) to undo step"
                                + " build, requested 39 s ago; the catalogue has no tool clean (it is given up in"
                                + " 59 min 19 s)"));
    }

    private static Stream<Arguments> whatCannotBeRead() {
        String sentence = "run r cannot be read any further by this process (a newer version wrote it); update it, and"
                + " the workflow-engine";
        Followed running = building().run();
        running.unreadable("a newer version wrote it");
        Followed over =
                building().then(1_000, COMPLETED, ended(RunStatus.COMPLETED)).run();
        over.unreadable("a newer version wrote it");
        Facts.Undecided undecided = new Facts.Undecided("retry", START + 40_000);
        Facts.Serving nobody = new Facts.Serving(0, Map.of(), Set.of());
        return Stream.of(
                Arguments.of(new Facts(running, _ -> null, null, Set.of(), ALL, NOW), sentence),
                Arguments.of(new Facts(running, _ -> null, undecided, Set.of(), ALL, NOW), sentence),
                Arguments.of(new Facts(over, _ -> null, null, Set.of(), ALL, NOW), sentence),
                Arguments.of(
                        new Facts(running, _ -> null, null, Set.of(), nobody, NOW),
                        sentence + "; but no workflow-engine acts: start one, with './crumb up'"));
    }

    private static Stream<Arguments> peopleAndTime() {
        return Stream.of(
                Arguments.of(
                        facts(Story.of("r", "{\"id\": \"paid\", \"wait\": {\"signal\": \"payment\"}}")
                                .then(0, new Event.Waits("paid", NOW + 60_000, null))),
                        "step paid waits for signal payment, for at most 1 min more; './crumb run signal r payment'"
                                + " moves it"),
                Arguments.of(
                        facts(Story.of(
                                        "r",
                                        "{\"id\": \"paid\", \"wait\": {\"signal\": \"payment\", \"correlation\": \"o-1\"}}")
                                .then(0, new Event.Waits("paid", NOW + 60_000, Value.of("\"o-1\"")))),
                        "step paid waits for signal payment about \"o-1\", for at most 1 min more; './crumb run signal"
                                + " r payment --about '\"o-1\"'' moves it"),
                Arguments.of(
                        facts(Story.of("r", "{\"id\": \"deploy\", \"approval\": {\"title\": \"Deploy?\"}}")
                                .then(
                                        0,
                                        new Event.Waits(
                                                "deploy", NOW + 60_000, Value.of("{\"version\":3}"), "Deploy?"))),
                        "step deploy waits for somebody's decision about \"Deploy?\": {\"version\":3}, for at most"
                                + " 1 min more; './crumb run approve r deploy' or 'reject' moves it"),
                Arguments.of(
                        facts(Story.untold("r")
                                .then(
                                        0,
                                        new Event.Started(
                                                "{\"id\": \"paid\", \"wait\": {\"signal\": \"payment\"}}",
                                                Value.of("{}"),
                                                new Event.Origin("story", "ada", null, 0),
                                                NOW + 20_000,
                                                List.of()),
                                        new Event.Waits("paid", NOW + 60_000, null))),
                        "step paid waits for signal payment, for at most 20 s more; './crumb run signal r payment'"
                                + " moves it"),
                Arguments.of(
                        facts(Story.of("r", "{\"id\": \"nap\", \"wait\": \"2h\"}")
                                .then(0, new Event.Waits("nap", START + 7_200_000, null))),
                        "step nap sleeps until 2030-03-17T19:46:40Z, for 1 h 59 min more; only time moves it"),
                Arguments.of(
                        facts(Story.untold("r")
                                .then(
                                        0,
                                        new Event.Started(
                                                "{\"id\": \"nap\", \"wait\": \"2h\"}",
                                                Value.of("{}"),
                                                new Event.Origin("story", "ada", null, 0),
                                                NOW + 20_000,
                                                List.of()),
                                        new Event.Waits("nap", NOW + 20_000, null))),
                        "step nap sleeps until the run is over, at " + Instant.ofEpochMilli(NOW + 20_000)
                                + ", for 20 s more; only time moves it"),
                Arguments.of(
                        facts(building().then(40_000, new Event.Paused("ada"))),
                        "run r is paused, paused 1.0 s ago by ada; './crumb run resume r' lets it go on, and meanwhile"
                                + " step build waits for tool compile (pool gpu), requested 41 s ago; 2 runners serve"
                                + " the pool, and its answer moves the run (it is given up in 59 min 19 s)"));
    }

    private static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(
                        facts(building().then(1_000, COMPLETED, ended(RunStatus.COMPLETED))),
                        "run r is over: it was completed 40 s ago; nothing is left to be done"),
                Arguments.of(
                        facts(building()
                                .then(
                                        1_000,
                                        new Event.Failed(Place.of("build"), 1, WHY, null),
                                        ended(RunStatus.FAILED))),
                        "run r is over: it was stopped by a failure 40 s ago: it is broken; './crumb run retry r' goes"
                                + " on where that happened"),
                Arguments.of(
                        facts(Story.of("r", TWICE)
                                .then(0, Story.asked("build", "compile", "gpu"))
                                .then(
                                        1_000,
                                        COMPLETED,
                                        new Event.Stopping(RunStatus.CANCELLED, WHY, null),
                                        new Event.Undoing("build", Story.request("build", "clean", "gpu")))
                                .then(2_000, new Event.Undone("build", null), ended(RunStatus.CANCELLED))),
                        "run r is over: it was cancelled 39 s ago: it is broken; steps of it have been undone: start a"
                                + " new run"));
    }

    private static Event ended(RunStatus status) {
        return new Event.Ended(status, null, status == RunStatus.COMPLETED ? null : WHY);
    }

    @ParameterizedTest
    @MethodSource({"toolsAndRunners", "enginesAndFailures", "whatCannotBeRead", "peopleAndTime", "ends"})
    void c17SaysWhatTheRunWaitsFor(Facts facts, String sentence) {
        assertThat(Why.of(facts)).isEqualTo(sentence);
    }

    @Test
    void shouldGoDownIntoTheRunThatIsWaitedFor() {
        String outer = "{\"id\": \"all\", \"workflow\": {\"steps\": " + BUILD + "}}";
        Story parent = Story.of("r", outer).then(0, Story.called("all", "r.all.1"));
        Story child = Story.of("r.all.1", outer).then(0, Story.called("all", "r.all.1.all.1"));
        Story grandchild = Story.of("r.all.1.all.1", BUILD).then(0, Story.asked("build", "compile", "tpu"));
        Map<String, Followed> family = Map.of("r.all.1", child.run(), "r.all.1.all.1", grandchild.run());

        assertThat(Why.of(inFamily(parent, family)))
                .isEqualTo("step all waits for run r.all.1, whose step all waits for run r.all.1.all.1, whose step"
                        + " build waits for tool compile (pool tpu), requested 41 s ago; no runner serves pool tpu"
                        + " (it is given up in 59 min 19 s)");
        Story refused =
                Story.untold("r.all.1").then(0, new Event.Rejected("NO_DEFINITION", "there is no such workflow"));
        assertThat(Why.of(inFamily(parent, Map.of("r.all.1", refused.run()))))
                .isEqualTo("step all waits for run r.all.1, whose start was rejected: there is no such workflow; only"
                        + " time moves it (it is given up in 59 min 19 s)");
        assertThat(Why.of(inFamily(parent, Map.of())))
                .isEqualTo("step all waits for run r.all.1, asked for 41 s ago, which has not begun");
        assertThat(Why.of(inFamily(
                        parent,
                        Map.of(
                                "r.all.1",
                                child.then(1_000, new Event.Paused(null)).run()))))
                .isEqualTo("step all waits for run r.all.1, which is paused; './crumb run resume r.all.1' lets it go"
                        + " on");
    }

    private static Facts inFamily(Story story, Map<String, Followed> family) {
        return new Facts(story.run(), family::get, null, Set.of(), ALL, NOW);
    }

    @Test
    void shouldNameTheLongestWaitAndCountTheOthers() {
        Story story = Story.of("r", "[{\"id\": \"nap\", \"wait\": \"1m\"}, " + BUILD + "]")
                .then(0, Story.asked("build", "compile", "gpu"))
                .then(1_000, new Event.Waits("nap", NOW, null));

        assertThat(Why.of(facts(story)))
                .startsWith("step build waits for tool compile")
                .endsWith("; 1 other wait is open as well");
    }

    @Test
    void shouldNameTheElementThatIsWaitedFor() {
        Story story = Story.of(
                        "r", "{\"id\": \"each\", \"map\": {\"over\": [1, 2], \"step\": {\"tool\": \"compile\"}}}")
                .then(0, new Event.Opened("each", Value.of("[1,2]")))
                .then(1_000, new Event.Asked(new Place("each", 1), 1, Story.request("each", "compile", "gpu")));

        assertThat(Why.of(facts(story))).startsWith("step each (element 1) waits for tool compile (pool gpu),");
    }

    @Test
    void shouldSayWhyARunWasNeverStarted() {
        Story refused = Story.untold("r").then(0, new Event.Rejected("NO_DEFINITION", "there is no such workflow"));

        assertThat(Why.of(facts(refused)))
                .isEqualTo("run r was never started: there is no such workflow; start it again, under another id");
    }

    @Test
    void shouldTellProgramsWhatTheSentenceRestsOn() {
        Story story = Story.of(
                        "r",
                        "[{\"id\": \"paid\", \"wait\": {\"signal\": \"payment\"}}, {\"id\": \"all\", \"workflow\":"
                                + " {\"steps\": " + BUILD + "}}, " + BUILD + "]")
                .then(0, Story.asked("build", "compile", "gpu"))
                .then(1_000, Story.called("all", "r.all.1"))
                .then(2_000, new Event.Waits("paid", NOW, null));
        Facts facts = new Facts(
                story.run(),
                _ -> null,
                new Facts.Undecided("cancel", START + 3_000),
                Set.of("build-request"),
                ALL,
                NOW);

        assertThat(WhyJson.of(facts))
                .hasToString(("{'threadId':'r','why':'" + Why.of(facts) + "','status':'running',"
                                + "'undecided':{'command':'cancel','at':'2030-03-17T17:46:43Z'},'engines':1,'waits':["
                                + "{'step':'build','status':'running','since':'2030-03-17T17:46:40Z',"
                                + "'until':'2030-03-17T18:46:40Z','tool':'compile',"
                                + "'pool':'gpu','requestId':'build-request','answered':true,'runners':2},"
                                + "{'step':'all','status':'running','since':'2030-03-17T17:46:41Z',"
                                + "'until':'2030-03-17T18:46:40Z','run':'r.all.1'},"
                                + "{'step':'paid','status':'waiting','since':'2030-03-17T17:46:42Z',"
                                + "'until':'2030-03-17T17:47:21Z','signal':'payment'}],'waitsInAll':3}")
                        .replace('\'', '"'));
    }

    @Test
    void shouldTellProgramsTheLongestWaitsAndCountAll() {
        Story story = Story.of("r", "{\"id\": \"each\", \"map\": {\"over\": [], \"step\": {\"tool\": \"compile\"}}}")
                .then(0, new Event.Opened("each", Value.of("[" + "1,".repeat(24) + "1]")));
        for (int i = 24; i >= 0; i--) {
            story.then(50 - i, new Event.Asked(new Place("each", i), 1, Story.request("each", "compile", "gpu")));
        }

        String told = WhyJson.of(facts(story)).toString();

        assertThat(told).contains("\"waits\":[{\"step\":\"each\",\"element\":24,", "\"waitsInAll\":25}");
        assertThat(told.split("\"element\":", -1)).hasSize(21);
    }
}
