package io.breadcrumbs.local.bench.waits;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.BusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs that only wait. */
@Command(
        name = "waits",
        description = "Measures many runs that only wait: memory, takeover, and how late timers are.",
        footer = {
            "",
            "The engine is in the measuring process, over a broker that is started for this",
            "in another one.",
            "",
            "--json prints, one object a line, name and figures:",
            "  open: n runs; seconds until all of them wait, and heap_mb and resident_mb that",
            "    this process holds more when the start of them has settled and its garbage is",
            "    collected: live in the heap, and counted by the operating system",
            "  takeover: stop_seconds that the engine takes to stop in order, seconds until",
            "    another one decides in all partitions, rebuilt_seconds the same for one that",
            "    finds no rows in its folder",
            "  timers: n runs whose wait ends, a thousand a second; p50_ms, p99_ms, max_ms from",
            "    the time they wait for until the decision is in the log",
            "",
            "Examples:",
            "  ./crumb bench waits",
            "  ./crumb bench waits --runs 10000 --json > waits.jsonl",
            "",
            "Exit codes: 0 measured, whatever the budgets say, 1 failed, 2 wrong command line."
        })
public final class WaitsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "Runs that wait. Default: ${DEFAULT-VALUE}")
    private int runs = 100_000;

    @Option(names = "--json", description = "Prints one JSON object a line; budgets go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("picocli sets the specification");
        }
        if (runs < 1) {
            throw new FailureException(ExitCode.USAGE, "--runs: expected 1 or more, got " + runs);
        }
        PrintWriter out = given.commandLine().getOut();
        PrintWriter err = given.commandLine().getErr();
        WaitsReport report = measure(err);
        (json ? report.json() : report.table()).forEach(out::println);
        report.budgets().forEach(json ? err::println : out::println);
        return ExitCode.OK;
    }

    private WaitsReport measure(PrintWriter err) throws InterruptedException {
        try {
            return new WaitsBench(runs, line -> err.println("bench waits: " + line)).run();
        } catch (IOException | ExecutionException | TimeoutException | IllegalStateException | BusException e) {
            throw new FailureException(ExitCode.FAILED, "the benchmark could not be carried out: " + e.getMessage());
        }
    }
}
