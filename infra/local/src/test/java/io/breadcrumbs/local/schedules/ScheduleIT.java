package io.breadcrumbs.local.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A schedule that ticks each minute, over a platform with an engine. */
@Timeout(240)
class ScheduleIT {

    @TempDir
    static Path data;

    private static Platform platform;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private String crumb(int code, String in, String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data.resolve("data"));
        err.getBuffer().setLength(0);
        int ended = CrumbCommand.run(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", all, out, err).isEqualTo(code);
        return out.toString();
    }

    /** The next run that a schedule starts. */
    private static String started(String schedule) throws Exception {
        CompletableFuture<String> started = new CompletableFuture<>();
        try (Bus bus = KafkaBus.awaitReady(
                        KafkaBus.connect(BusSettings.of(
                                platform.state().kafka(), platform.state().registry(), "reader")),
                        Duration.ofSeconds(30));
                Tail tail = bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), (one, _, _) -> {
                    WorkflowEvent event = one.value();
                    String runId = event == null ? null : event.getRunId();
                    if (runId != null && runId.startsWith(schedule + "@")) {
                        started.complete(runId);
                    }
                })) {
            assertThat(started).as("%s", tail).succeedsWithin(Duration.ofSeconds(90));
            return started.join();
        }
    }

    @Test
    void c13StartsAStoredWorkflowByTheClock() throws Exception {
        crumb(
                ExitCode.OK,
                "{\"name\": \"nap\", \"steps\": [{\"id\": \"nap\", \"wait\": \"10ms\"}]}",
                "workflow",
                "save",
                "-");
        assertThat(crumb(ExitCode.OK, "", "schedule", "save", "minutely", "--cron", "* * * * *", "--workflow", "nap"))
                .startsWith("schedule minutely is stored; next 20");

        String runId = started("minutely");

        assertThat(crumb(ExitCode.OK, "", "schedule", "list")).contains("minutely", "* * * * * UTC", "nap", runId);
        assertThat(crumb(ExitCode.OK, "", "run", "history", runId)).contains("started by schedule minutely");
        assertThat(crumb(ExitCode.OK, "", "schedule", "pause", "minutely")).isEqualTo("schedule minutely is paused\n");
        assertThat(crumb(ExitCode.OK, "", "schedule", "list")).contains("paused");
        assertThat(crumb(ExitCode.OK, "", "schedule", "resume", "minutely")).isEqualTo("schedule minutely goes on\n");
        assertThat(crumb(ExitCode.OK, "", "schedule", "show", "minutely"))
                .contains("\"overlap\":\"skip\"", "\"catchUp\":\"none\"", "\"lastRun\":\"minutely@");
        crumb(ExitCode.OK, "", "schedule", "delete", "minutely");
        assertThat(crumb(ExitCode.OK, "", "schedule", "list")).isEqualTo("no schedules\n");
    }

    @Test
    void shouldSayWhatIsWrongWithASchedule() {
        crumb(ExitCode.USAGE, "", "schedule", "save", "bad", "--cron", "often", "--workflow", "nap");
        assertThat(err.toString()).contains("cron: 'often' is none");
        crumb(
                ExitCode.USAGE,
                "",
                "schedule",
                "save",
                "bad",
                "--cron",
                "* * * * *",
                "--workflow",
                "nap",
                "--overlap",
                "x");
        assertThat(err.toString()).contains("overlap: expected one of [skip, queue, cancel, allow], got 'x'");
        crumb(ExitCode.FAILED, "", "schedule", "save", "bad", "--cron", "* * * * *", "--workflow", "unknown");
        assertThat(err.toString()).contains("no workflow 'unknown'");
        crumb(ExitCode.FAILED, "", "schedule", "pause", "unknown");
        assertThat(err.toString()).contains("no schedule 'unknown'");
        crumb(ExitCode.FAILED, "", "schedule", "show", "unknown");
        assertThat(err.toString()).contains("no schedule 'unknown'");
    }
}
