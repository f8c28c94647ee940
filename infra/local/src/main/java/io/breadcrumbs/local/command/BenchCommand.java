package io.breadcrumbs.local.command;

import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.http.HttpCommand;
import io.breadcrumbs.local.bench.lanes.LanesBench;
import io.breadcrumbs.local.bench.lanes.LanesReport;
import io.breadcrumbs.local.bench.runs.RunsCommand;
import io.breadcrumbs.local.bench.tools.ToolsBench;
import io.breadcrumbs.local.bench.tools.ToolsReport;
import io.breadcrumbs.local.bench.waits.WaitsCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of benchmarks; each of them is a subcommand. */
@Command(
        name = "bench",
        description = "Benchmarks.",
        subcommands = {
            BenchCommand.Lanes.class,
            BenchCommand.Tools.class,
            RunsCommand.class,
            WaitsCommand.class,
            HttpCommand.class
        })
final class BenchCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Which benchmark? './crumb bench lanes', 'tools', 'runs', 'waits' or 'http'.");
        }
    }

    /** The bus against bare Kafka clients. */
    @Command(
            name = "lanes",
            description = "Measures both lanes of the bus against bare Kafka clients, interleaved, on one broker.",
            footer = {
                "",
                "It measures the platform at --url, or the one that runs on the data folder,",
                "or else one that it starts for itself on a temporary folder. On a running",
                "platform it writes to topics of its own, which it empties at the end, and",
                "tens of MB of answers to tool.response.v1, which stay as long as that",
                "keeps its records.",
                "",
                "floor_request, local_handler and local_request: up to 32 follow each other",
                "without waiting for the acknowledgement. Those that are _alone: each begins",
                "when the last is acknowledged.",
                "",
                "Ratios: bare_poll and floor_request to bare_ack (R), bare_two_hops and",
                "remote_request to bare_poll (H), local_request to floor_request (F),",
                "bus_throughput to bare_throughput. BYTES is what all threads of the",
                "measuring process allocate for each.",
                "",
                "Examples:",
                "  ./crumb bench lanes",
                "  ./crumb bench lanes --json --seconds 20 > lanes.jsonl",
                "",
                "Exit codes: 0 measured, whatever the budgets say, 1 failed, 2 wrong command",
                "line, 3 no platform answers."
            })
    static final class Lanes extends Benchmark {

        Lanes() {
            super("lanes", LanesBench.DEFAULT_DURATION.toSeconds());
        }

        @Override
        Lines run(@Nullable Broker broker, Duration duration, Consumer<String> progress)
                throws IOException, InterruptedException, ExecutionException, TimeoutException {
            LanesReport report = new LanesBench(duration, progress).run(broker);
            return new Lines(report.json(), report.table(), report.notes(), report.budgets());
        }
    }

    /** The tools-runner beside the bare lane. */
    @Command(
            name = "tools",
            description = "Measures calls of tools by the bus and a runner, beside the bare lane, and many at once.",
            footer = {
                "",
                "It measures on the platform at --url, or the one that runs on the data folder,",
                "or else one that it starts for itself on a temporary folder. The runner is in",
                "the measuring process, with log and meters as in the platform. On a running",
                "platform it writes to topics of its own, which it empties at the end, and",
                "some 100 MB of answers to tool.response.v1; its tools leave the catalogue.",
                "",
                "--json prints, one object a line, name and figures:",
                "  floor_request, local_request, echo_call, and the same _alone:",
                "    n, p50_us, p99_us, max_us, per_s, cpu_us (of all threads of this process,",
                "    each), ratio of the median to the floor's. floor_request is the bare floor",
                "    F, local_request a request that a bare handler answers, echo_call one that",
                "    the runner does. Up to 32 follow each other without waiting for the",
                "    acknowledgement; those that are _alone begin when the last is acknowledged.",
                "  runner_alone: cpu_us and bytes that a call costs a runner whose requests and",
                "    answers cost nothing: what is the runner's own of echo_call",
                "  timers: n timers of 1 s at once; seconds until all are answered, heap_mb of",
                "    live heap while they wait",
                "  queued: n requests to a tool of which 50 at once take 5 ms each; live heap",
                "    when a quarter of them (heap_quarter_mb) and all of them (heap_mb) stand in",
                "    the log, then per_s answers a second",
                "",
                "Examples:",
                "  ./crumb bench tools",
                "  ./crumb bench tools --json --seconds 20 > tools.jsonl",
                "",
                "Exit codes: 0 measured, whatever the budgets say, 1 failed, 2 wrong command",
                "line, 3 no platform answers."
            })
    static final class Tools extends Benchmark {

        Tools() {
            super("tools", ToolsBench.DEFAULT_DURATION.toSeconds());
        }

        @Override
        Lines run(@Nullable Broker broker, Duration duration, Consumer<String> progress)
                throws IOException, InterruptedException, ExecutionException, TimeoutException {
            Path log = Files.createTempFile("crumb-bench", ".log");
            System.setProperty("crumb.log", log.toString());
            System.setProperty("logback.configurationFile", "logback-platform.xml");
            try {
                ToolsReport report = new ToolsBench(duration, progress).run(broker);
                return new Lines(report.json(), report.table(), report.notes(), report.budgets());
            } finally {
                Files.delete(log);
            }
        }
    }

    /** What a benchmark has to say. */
    record Lines(List<String> json, List<String> table, List<String> notes, List<String> budgets) {}

    /** What all benchmarks have in common. */
    abstract static class Benchmark implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--json", description = "Prints one JSON object a line; budgets go to standard error.")
        private boolean json;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description =
                        "How long is measured, after a warm-up of as long at most: 5 or more. Default: ${DEFAULT-VALUE}")
        private long seconds;

        @Mixin
        private final Target target = new Target();

        private final String name;

        Benchmark(String name, long seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        /** Measures a running platform; null: one that is started for this. */
        abstract Lines run(@Nullable Broker broker, Duration duration, Consumer<String> progress)
                throws IOException, InterruptedException, ExecutionException, TimeoutException;

        @Override
        public Integer call() throws InterruptedException {
            CommandSpec given = spec;
            if (given == null) {
                throw new IllegalStateException("picocli sets the specification");
            }
            if (seconds < 5) {
                throw new FailureException(ExitCode.USAGE, "--seconds: expected 5 or more, got " + seconds);
            }
            PrintWriter out = given.commandLine().getOut();
            PrintWriter err = given.commandLine().getErr();
            Lines lines = run(platform(given), err);
            if (json) {
                lines.json().forEach(out::println);
            } else {
                lines.table().forEach(out::println);
                out.println();
            }
            lines.notes().forEach(json ? err::println : out::println);
            lines.budgets().forEach(json ? err::println : out::println);
            return ExitCode.OK;
        }

        /** The running platform; null if there is none and none was named. */
        private @Nullable Broker platform(CommandSpec given) {
            try {
                Target.Addresses addresses = target.brokers();
                return new Broker(addresses.kafka(), addresses.registry());
            } catch (FailureException e) {
                if (e.exitCode() == ExitCode.NO_PLATFORM
                        && !given.commandLine().getParseResult().hasMatchedOption("--url")) {
                    return null;
                }
                throw e;
            }
        }

        private Lines run(@Nullable Broker broker, PrintWriter err) throws InterruptedException {
            try {
                return run(broker, Duration.ofSeconds(seconds), line -> err.println("bench " + name + ": " + line));
            } catch (IOException | ExecutionException | TimeoutException | IllegalStateException e) {
                throw new FailureException(
                        ExitCode.FAILED, "the benchmark could not be carried out: " + e.getMessage());
            }
        }
    }
}
