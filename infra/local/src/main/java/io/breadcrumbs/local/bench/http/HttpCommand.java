package io.breadcrumbs.local.bench.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.BusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The door over HTTP. */
@Command(
        name = "http",
        description = "Measures the HTTP door: starts, runs, streams, breadcrumbs.",
        footer = {
            "",
            "A platform is started for this in the measuring process, on a temporary folder.",
            "",
            "--json prints, one object a line, name and figures:",
            "  bare_ack: a record of a bare client until acknowledged (R)",
            "  start: POST /api/invoke/async of a run of three tools, when the one before it has",
            "    ended; start_busy: one after the other; run_local: such a run over the bus, until",
            "    its end is in the journal; run: the same over HTTP, until its stream has ended",
            "  create, list, search: of breadcrumbs; own: one is created and found by its creator;",
            "    event: from the journal to the sockets of --viewers viewers of a hundred runs",
            "  breadcrumbs: n events in the log; created a second over bus and HTTP, taken a second",
            "    by a new index, and seconds until the platform is ready when it is started again",
            "",
            "Examples:",
            "  ./crumb bench http",
            "  ./crumb bench http --breadcrumbs 1000000 --json > http.jsonl",
            "",
            "Exit codes: 0 measured, whatever the budgets say, 1 failed, 2 wrong command line."
        })
public final class HttpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--breadcrumbs",
            paramLabel = "N",
            description = "Breadcrumbs that there are when they are looked for. Default: ${DEFAULT-VALUE}")
    private int breadcrumbs = 100_000;

    @Option(names = "--viewers", paramLabel = "N", description = "Viewers at once. Default: ${DEFAULT-VALUE}")
    private int viewers = 1_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "How long is measured, after a warm-up of as long at most: 5 or more. Default: ${DEFAULT-VALUE}")
    private long seconds = 30;

    @Option(names = "--json", description = "Prints one JSON object a line; budgets go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("picocli sets the specification");
        }
        atLeast("--breadcrumbs", 1, breadcrumbs);
        atLeast("--viewers", 1, viewers);
        atLeast("--seconds", 5, seconds);
        PrintWriter out = given.commandLine().getOut();
        PrintWriter err = given.commandLine().getErr();
        HttpReport report = measure(err);
        (json ? report.json() : report.table()).forEach(out::println);
        report.budgets().forEach(json ? err::println : out::println);
        return ExitCode.OK;
    }

    private static void atLeast(String option, long least, long given) {
        if (given < least) {
            throw new FailureException(ExitCode.USAGE, option + ": expected " + least + " or more, got " + given);
        }
    }

    private HttpReport measure(PrintWriter err) throws InterruptedException {
        HttpBench.Plan plan = new HttpBench.Plan(breadcrumbs, viewers, Duration.ofSeconds(seconds));
        try {
            return new HttpBench(plan, line -> err.println("bench http: " + line)).run();
        } catch (IOException
                | UncheckedIOException
                | ExecutionException
                | TimeoutException
                | IllegalStateException
                | BusException e) {
            throw new FailureException(ExitCode.FAILED, "the benchmark could not be carried out: " + e.getMessage());
        }
    }
}
