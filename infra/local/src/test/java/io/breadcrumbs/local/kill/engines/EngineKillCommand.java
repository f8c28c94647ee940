package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.kill.engines.EngineKillCheck.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The long form of the check, for the command line. */
@Command(
        name = "kill-engines",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Kills three engines, three runners and, one at a time, three brokers at random under load,",
            "and judges what became of every run that was acknowledged."
        },
        footer = {
            "",
            "Examples:",
            "  infra/interop/kill-engines",
            "  infra/interop/kill-engines --for 5m --brokers 3",
            "  infra/interop/kill-engines --for 2m --brokers 1 --seed 42",
            "",
            "Every run must end once, with the output that it must have; no step may have two results, no",
            "tool run twice that must not. Where other engines and runners live, no broker was killed, and the",
            "kill before was got over, the last run that was hit must go on within 10 s. The check stops by",
            "itself, some minutes after the time that it is given at most, and leaves nothing behind.",
            "",
            "Exit codes: 0 all is well, 1 it is not or the check failed, 2 wrong command line."
        })
public final class EngineKillCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long somebody is killed. Default: ${DEFAULT-VALUE}",
            defaultValue = "5m")
    private Duration lasts = Duration.ZERO;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "Brokers of the cluster; of three or more, one at a time is killed too. Default:"
                    + " ${DEFAULT-VALUE}")
    private int brokers = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Runs that are started in a second. Default: ${DEFAULT-VALUE}")
    private int rate = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Decides who is killed. Default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--folder", paramLabel = "FOLDER", required = true, hidden = true)
    private Path folder = Path.of("");

    /** Ends with the command's exit code. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new EngineKillCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("picocli sets the specification");
        }
        if (brokers < 1 || rate < 1) {
            throw new CommandLine.ParameterException(
                    given.commandLine(), "expected 1 or more brokers and runs, got " + brokers + " and " + rate);
        }
        long drawn = seed == null ? new Random().nextInt(1_000_000) : seed;
        Plan plan = new Plan(lasts, brokers, rate, drawn);
        PrintWriter out = given.commandLine().getOut();
        out.println("for " + lasts + ", brokers " + brokers + ", runs a second " + rate + ", seed " + drawn);
        long began = System.nanoTime();
        EngineVerdict verdict = EngineKillCheck.run(
                plan, Files.createDirectories(folder), line -> out.println(seconds(began) + " s: " + line));
        out.println("in " + seconds(began) + " s: " + verdict);
        verdict.faults().forEach(out::println);
        verdict.late().forEach(out::println);
        return verdict.faults().isEmpty() && verdict.late().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }
}
