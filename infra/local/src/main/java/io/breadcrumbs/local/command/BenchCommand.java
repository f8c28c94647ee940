package io.breadcrumbs.local.command;

import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.LanesBench;
import io.breadcrumbs.local.bench.LanesReport;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of benchmarks; each of them is a subcommand. */
@Command(name = "bench", description = "Benchmarks.", subcommands = BenchCommand.Lanes.class)
final class BenchCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Which benchmark? './crumb bench lanes'.");
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
    static final class Lanes implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--json", description = "Prints one JSON object a line; budgets go to standard error.")
        private boolean json;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "How long to measure, warm-up included: 5 or more, 60 unless given.")
        private long seconds = LanesBench.DEFAULT_DURATION.toSeconds();

        @Mixin
        private final Target target = new Target();

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
            LanesReport report = run(platform(given), err);
            if (json) {
                report.json().forEach(out::println);
            } else {
                report.table().forEach(out::println);
                out.println();
            }
            report.notes().forEach(json ? err::println : out::println);
            report.budgets().forEach(json ? err::println : out::println);
            return ExitCode.OK;
        }

        /** The running platform; null if there is none and none was named. */
        private @Nullable Broker platform(CommandSpec given) {
            try {
                Target.Addresses addresses = target.find();
                return new Broker(addresses.kafka(), addresses.registry());
            } catch (FailureException e) {
                if (e.exitCode() == ExitCode.NO_PLATFORM
                        && !given.commandLine().getParseResult().hasMatchedOption("--url")) {
                    return null;
                }
                throw e;
            }
        }

        private LanesReport run(@Nullable Broker broker, PrintWriter err) throws InterruptedException {
            try {
                return new LanesBench(Duration.ofSeconds(seconds), line -> err.println("bench lanes: " + line))
                        .run(broker);
            } catch (IOException | ExecutionException | TimeoutException | IllegalStateException e) {
                throw new FailureException(
                        ExitCode.FAILED, "the benchmark could not be carried out: " + e.getMessage());
            }
        }
    }
}
