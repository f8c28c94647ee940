package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
        name = "list",
        description = "Lists runs, the oldest first; those that other runs started are left out.",
        footer = {
            "",
            "Examples:",
            "  ./crumb run list",
            "  ./crumb run list --status failed --json",
            "  ./crumb run list --children",
            "",
            "accepted: the start is in the log, and nobody has decided about it.",
            "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class ListCommand extends OverDesk {

    private static final List<String> STATUSES = Stream.concat(
                    Arrays.stream(RunStatus.values()).map(Summary::word), Stream.of(Summary.ACCEPTED, Summary.REJECTED))
            .toList();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            description =
                    "Only runs that are running, paused, completed, partial, failed, cancelled, accepted or rejected.")
    private List<String> statuses = List.of();

    @Option(names = "--children", description = "Runs that other runs started, too.")
    private boolean children;

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    ListCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        statuses = statuses.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
        for (String one : statuses) {
            if (!STATUSES.contains(one)) {
                throw new FailureException(
                        ExitCode.USAGE,
                        "--status: expected some of " + String.join(", ", STATUSES) + ", got '" + one + "'");
            }
        }
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        List<Summary> runs = desk.runs().all().stream()
                .filter(run -> children || run.depth() == 0)
                .filter(run -> statuses.isEmpty() || statuses.contains(run.status()))
                .toList();
        long now = System.currentTimeMillis();
        if (!json) {
            console.line(runs.isEmpty() ? "no runs" : line("RUN", "WORKFLOW", "STATUS", "STARTED", "TOOK", "BY"));
        }
        runs.forEach(run -> console.line(json ? json(run).toString() : text(run, now)));
        return ExitCode.OK;
    }

    private static String text(Summary run, long now) {
        long until = run.endedAt() == 0 ? now : run.endedAt();
        return line(
                run.runId(),
                text(run.name()),
                run.status(),
                Instant.ofEpochSecond(run.startedAt() / 1_000).toString(),
                Elapsed.text(until - run.startedAt()),
                text(run.by()));
    }

    private static String line(String... columns) {
        return String.format(Locale.ROOT, "%-36s  %-20s  %-10s  %-20s  %-12s  %s", (Object[]) columns)
                .stripTrailing();
    }

    private static String text(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static JsonObject json(Summary run) {
        return JsonObject.builder()
                .put("run", run.runId())
                .putIfPresent("name", run.name())
                .put("status", run.status())
                .putIfPresent("by", run.by())
                .put("startedAt", Instant.ofEpochMilli(run.startedAt()).toString())
                .putIfPresent(
                        "endedAt",
                        run.endedAt() == 0
                                ? null
                                : Instant.ofEpochMilli(run.endedAt()).toString())
                .put("depth", run.depth())
                .build();
    }
}
