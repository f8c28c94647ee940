package io.breadcrumbs.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final WorkflowCommand START = WorkflowCommand.newBuilder()
            .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, "r/start", "test"))
            .setCommandId("r/start")
            .setRunId("r")
            .setKind(WorkflowCommandKind.START)
            .build();
    private static final ToolRequest REQUEST = ToolRequest.newBuilder()
            .setMeta(Metas.of(Catalogue.TOOL_REQUEST, "r/a/1/7", "test"))
            .setRequestId("r/a/1/7")
            .setTool("random")
            .setInput("{}")
            .setRunId("r")
            .setStepId("a")
            .build();
    private static final ToolResponse ANSWER = ToolResponse.newBuilder()
            .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, "r/a/1/7", "test"))
            .setRequestId("r/a/1/7")
            .setAwaitKey("r")
            .setRunId("r")
            .setStatus(ResponseStatus.SUCCESS)
            .setOutput("5")
            .setLane(io.breadcrumbs.schemas.Lane.EAGER)
            .build();
    private static final WorkflowEvent BEGUN =
            batch(0, "command/r/start", event(RunEventType.STARTED, null), event(RunEventType.ASKED, "a"));
    private static final WorkflowEvent ENDED =
            batch(2, "answer/r/a/1/7", event(RunEventType.COMPLETED, "a"), event(RunEventType.ENDED, null));

    private static RunEvent event(RunEventType type, @Nullable String step) {
        return RunEvent.newBuilder().setType(type).setStepId(step).build();
    }

    private static WorkflowEvent batch(long sequence, String inputId, RunEvent... events) {
        return WorkflowEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_EVENT, "r/7/" + sequence, "test"))
                .setKind(WorkflowEventKind.BATCH)
                .setRunId("r")
                .setSequence(sequence)
                .setInputId(inputId)
                .setEvents(List.of(events))
                .build();
    }

    private static List<String> lines(Sighting... sightings) {
        return new Timeline(1_000_000, List.of(sightings))
                .lines().stream()
                        .map(line -> line.strip().replaceAll(" {2,}", " | "))
                        .toList();
    }

    @Test
    void shouldTellTheWayOfEachRecordFromWithinTheProcess() {
        assertThat(lines(
                        new Sighting(START, null, 1_010_000),
                        new Sighting(BEGUN, null, 1_050_000),
                        new Sighting(REQUEST, null, 1_060_000),
                        new Sighting(ANSWER, null, 1_090_000),
                        new Sighting(ENDED, null, 1_400_000),
                        new Sighting(START, Lane.TAIL, 1_300_000),
                        new Sighting(BEGUN, Lane.TAIL, 1_350_000),
                        new Sighting(REQUEST, Lane.TAIL, 1_360_000),
                        new Sighting(ANSWER, Lane.TAIL, 1_390_000),
                        new Sighting(ENDED, Lane.LOG, 3_400_000)))
                .containsExactly(
                        "10 µs | 300 µs | engine | eager | command | start",
                        "50 µs | 350 µs | this tail | tail | journal | started, a asked",
                        "60 µs | 360 µs | runner | eager | request | a: random",
                        "90 µs | 390 µs | engine | - | answer | a: 5",
                        "400 µs | 2,400 µs | this tail | log | journal | a completed, ended");
    }

    @Test
    void shouldNotClaimFromOutsideWhatOnlyTheProcessCanSee() {
        assertThat(lines(
                        new Sighting(START, null, 1_010_000),
                        new Sighting(START, Lane.TAIL, 1_300_000),
                        new Sighting(BEGUN, Lane.LOG, 1_350_000),
                        new Sighting(REQUEST, Lane.LOG, 1_360_000),
                        new Sighting(ANSWER, Lane.LOG, 1_390_000),
                        new Sighting(ENDED, Lane.LOG, 1_500_000)))
                .containsExactly(
                        "10 µs | 300 µs | engine | - | command | start",
                        "- | 350 µs | this tail | log | journal | started, a asked",
                        "- | 360 µs | runner | eager | request | a: random",
                        "- | 390 µs | engine | - | answer | a: 5",
                        "- | 500 µs | this tail | log | journal | a completed, ended");
    }
}
