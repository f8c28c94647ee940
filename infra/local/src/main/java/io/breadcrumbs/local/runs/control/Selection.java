package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Wanted;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs are meant, instead of one, and how many of them are asked a second. */
final class Selection {

    private static final List<String> STATUSES =
            Arrays.stream(RunStatus.values()).map(Summary::word).toList();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            description = "Of all runs those that are running, paused, completed, partial, failed or cancelled. "
                    + "Default: those for which it makes sense.")
    private List<String> statuses = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "Of all runs those of this workflow.")
    private @Nullable String name;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Of all runs those that began longer ago, such as 1d.")
    private @Nullable Duration olderThan;

    @Option(
            names = "--all",
            description = "All runs for which it makes sense; runs that others started are left alone.")
    private boolean all;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Asks so many runs a second, at most. Default: ${DEFAULT-VALUE}")
    int rate = 50;

    @Option(names = "--dry-run", description = "Says which runs are meant, and asks for nothing.")
    boolean dryRun;

    @Option(names = "--json", description = "Prints one JSON object, about many runs.")
    boolean json;

    /** Whether many runs are meant; ends the command if that is not clear. */
    boolean many(@Nullable String runId) {
        boolean filtered = !statuses.isEmpty() || name != null || olderThan != null;
        if (runId != null && (filtered || all || dryRun || json)) {
            throw usage("expected the ID of a run, or options that say which runs are meant, got both");
        }
        if (runId == null && !filtered && !all) {
            throw usage("expected the ID of a run, or some of --status, --name, --older-than, or --all");
        }
        if (rate < 1 || rate > Bulk.MOST_A_SECOND) {
            throw usage("--rate: expected 1 to " + Bulk.MOST_A_SECOND + ", got " + rate);
        }
        statuses = statuses.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
        for (String one : statuses) {
            if (!STATUSES.contains(one)) {
                throw usage("--status: expected some of " + String.join(", ", STATUSES) + ", got '" + one + "'");
            }
        }
        return runId == null;
    }

    private static FailureException usage(String message) {
        return new FailureException(ExitCode.USAGE, message);
    }

    /** Those that are meant; unless it is said how they stand, those for which the action makes sense. */
    Wanted wanted(RunAction action) {
        Set<String> wanted = statuses.isEmpty()
                ? action.suits().stream().map(Summary::word).collect(Collectors.toSet())
                : Set.copyOf(statuses);
        return new Wanted(wanted, name, olderThan);
    }
}
