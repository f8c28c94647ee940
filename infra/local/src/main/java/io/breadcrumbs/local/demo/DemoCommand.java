package io.breadcrumbs.local.demo;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the workflow of three tools, and shows the way of each of its records. */
@Command(
        name = "demo",
        description =
                "Runs a workflow of three tools (two random in parallel, calculator adds), and prints when each of"
                        + " its records was published and durable, and by which lane it was taken.",
        footer = {
            "",
            "It runs on the platform that runs on the data folder, or the one at --url, and",
            "sees its records in the log, as any other process does. If there is none, or",
            "with --inside, it starts one in its own process, on an empty folder, and sees",
            "there what only that process can see: when each record was on its way to the",
            "log, and what was taken before it was durable.",
            "",
            "PUBLISHED and DURABLE count from the start of the run; DURABLE is when this",
            "process had the record from the log. LANE: eager: handed over in the process",
            "before it was durable; tail: in the process, right after; log: read from Kafka;",
            "-: it cannot be told from here.",
            "",
            "Examples:",
            "  ./crumb demo",
            "  ./crumb demo --inside --runs 500",
            "",
            "Exit codes: 0 shown, 1 failed, 2 wrong command line, 3 no platform answers."
        })
public final class DemoCommand implements Callable<Integer> {

    static final String WORKFLOW = """
            {"name": "demo", "output": "{add.output}", "steps": [
              {"id": "a", "tool": "random", "input": {"min": 1, "max": 10}},
              {"id": "b", "tool": "random", "input": {"min": 1, "max": 10}},
              {"id": "add", "tool": "calculator", "input": {"expression": "${a.numbers[0]} + ${b.numbers[0]}"}}]}
            """;

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
    private static final long PATIENCE_SECONDS = 30;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "How often; the last is shown. Default: ${DEFAULT-VALUE}")
    private int runs = 20;

    @Option(names = "--inside", description = "Starts a platform of its own in this process, even if one runs.")
    private boolean inside;

    @Mixin
    private final Target target = new Target();

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (runs < 1) {
            throw new FailureException(ExitCode.USAGE, "--runs: expected 1 or more, got " + runs);
        }
        try (Stage stage = stage();
                Taps taps = new Taps(stage.bus())) {
            taps.awaitReady(PATIENCE_SECONDS);
            show(stage, taps);
        } catch (TimeoutException e) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "the run is not over within " + PATIENCE_SECONDS + " s; './crumb run list --status running' and"
                            + " './crumb run why ID' say more");
        } catch (ExecutionException | IOException | IllegalStateException | BusException e) {
            throw new FailureException(ExitCode.FAILED, "the demonstration failed: " + e.getMessage());
        }
        return ExitCode.OK;
    }

    private Stage stage() throws InterruptedException, IOException {
        if (!inside) {
            try {
                return Stage.over(target.connect(CONNECTED_WITHIN));
            } catch (FailureException e) {
                boolean named =
                        spec != null && spec.commandLine().getParseResult().hasMatchedOption("--url");
                if (named || e.exitCode() != ExitCode.NO_PLATFORM) {
                    throw e;
                }
            }
        }
        console.err().println("crumb demo: starting a platform in this process");
        return Stage.alone();
    }

    private void show(Stage stage, Taps taps) throws InterruptedException, ExecutionException, TimeoutException {
        List<Long> took = new ArrayList<>();
        Timeline last = null;
        for (int i = 0; i < runs; i++) {
            String runId = "demo-" + UUID.randomUUID();
            CompletableFuture<Long> ended = taps.watch(runId);
            long began = System.nanoTime();
            new Runs(stage.bus(), "demo").start(Start.drawn(runId, WORKFLOW, "{}"));
            took.add(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - began);
            awaitLog(taps, runId);
            last = new Timeline(began, taps.seen(runId));
        }
        console.line(
                stage.inside()
                        ? "inside of a platform in this process"
                        : "over the running platform, as another process sees it; --inside shows more");
        console.line(Timeline.heading());
        if (last != null) {
            last.lines().forEach(console::line);
        }
        console.line(summary(took));
    }

    /** The run is over when its end is durable; some of its answers may be a moment behind. */
    private static void awaitLog(Taps taps, String runId) throws TimeoutException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!taps.complete(runId)) {
            if (System.nanoTime() > until) {
                throw new TimeoutException();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static String summary(List<Long> took) {
        List<Long> sorted = took.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "from start to durable result: %s in the last of %d runs, %s in the first, %s in the median",
                millis(took.getLast()),
                took.size(),
                millis(took.getFirst()),
                millis(sorted.get(sorted.size() / 2)));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / NANOS_PER_MILLI);
    }
}
