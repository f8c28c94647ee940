package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.kill.TrailReader;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run is cancelled whose tool is executed in another process than its engine. */
@Timeout(180)
class RemoteCancelIT {

    private static final int TIMER_SECONDS = 30;
    private static final Duration FAST = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<ToolResponse> answers = new CopyOnWriteArrayList<>();

    @Test
    void c9CancelsARunFastAndStopsItsTimerInAnotherProcess() throws Exception {
        try (Platform platform = Platform.start(PlatformSettings.anywhere(folder.resolve("data")), _ -> {})
                        .orThrow();
                Fleet fleet = new Fleet(platform.state(), folder, RemoteRunner.class);
                Bus bus = KafkaBus.awaitReady(
                        KafkaBus.connect(BusSettings.of(
                                platform.state().kafka(), platform.state().registry(), "user")),
                        Patience.LONG)) {
            // Given
            fleet.start("runner", List.of());
            TrailReader trail = fleet.living("runner").trail();
            Patience.await("the runner is there", () -> noted(trail, Kind.READY) != null);
            watch(bus);
            Runs runs = new Runs(bus, "tester");
            start(runs);
            Patience.await("the other process executes", () -> noted(trail, Kind.EXECUTED) != null);

            // When
            long before = System.nanoTime();
            runs.cancel("c9", "no longer wanted").get(60, TimeUnit.SECONDS);

            // Then
            Patience.await("the run is over", () -> !ended().isEmpty());
            Patience.await("its tool has ended", () -> !answers.isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(FAST);
            assertThat(ended()).extracting(Event.Ended::status).containsExactly(RunStatus.CANCELLED);
            assertStopped(answers.getFirst(), trail);
            fleet.stop(fleet.living("runner"));
            assertThat(answers).as("nothing else came of it").hasSize(1);
        }
    }

    private static void start(Runs runs) throws Exception {
        String definition = "[{\"id\": \"a\", \"tool\": \"timer\", \"input\": {\"seconds\": " + TIMER_SECONDS + "}}]";
        runs.start(Start.of("c9", definition, "{}")).get(60, TimeUnit.SECONDS);
    }

    /** The other process itself says that it was cancelled, before its time. */
    private void assertStopped(ToolResponse answer, TrailReader trail) throws Exception {
        assertThat(answer.getRequestId()).isEqualTo(noted(trail, Kind.EXECUTED));
        assertThat(answer.getRunner()).isEqualTo(noted(trail, Kind.READY));
        assertThat(answer.getError())
                .isNotNull()
                .satisfies(error -> assertThat(error.getKind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(answer.getExecutionTimeMs()).isLessThan(TIMER_SECONDS * 1_000L / 2);
        Patience.await("it notes that too", () -> answer.getRequestId().equals(noted(trail, Kind.DONE)));
        assertThat(Files.readString(folder.resolve("runner0.log"))).doesNotContain("does not end");
    }

    private static @Nullable String noted(TrailReader trail, Kind kind) {
        return trail.notes().stream()
                .filter(note -> note.kind() == kind)
                .map(note -> note.id())
                .findFirst()
                .orElse(null);
    }

    private List<Event.Ended> ended() {
        return events.stream()
                .filter(Event.Ended.class::isInstance)
                .map(Event.Ended.class::cast)
                .toList();
    }

    private void watch(Bus bus) {
        bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                new JournalReader(_ -> true, new JournalReader.Listener() {
                    @Override
                    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                        batch.entries().forEach(entry -> events.add(entry.event()));
                    }
                }));
        bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), (breadcrumb, _, _) -> {
            ToolResponse answer = breadcrumb.value();
            if (answer != null && "timer".equals(answer.getTool())) {
                answers.add(answer);
            }
        });
    }
}
