package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.BusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs beside the floor of their shape. */
@Command(
        name = "runs",
        description = "Measures runs of a shape, from start to durable result, beside the floor of that shape.",
        footer = {
            "",
            "Engine and runner are in the measuring process, over a broker that is started",
            "for this in another one: two engines on one platform would decide about each",
            "other's runs. With --apart the runner is in a third process: every request and",
            "answer goes by the log, and there is no floor.",
            "",
            "Shapes: one step; three, two of them in parallel; ten in sequence; fan100: a",
            "hundred at once; nested10: ten runs within each other; map1000: a thousand",
            "elements, a hundred at once.",
            "",
            "--json prints, one object a line, name and figures: n, p50_us, p99_us, max_us,",
            "per_s, cpu_us and bytes (of all threads of this process, each), ratio:",
            "  bare_ack, bare_poll: R and H, a record sent until acknowledged, and until polled",
            "  floor_SHAPE: F: a bare producer appends the records that such a run writes,",
            "    hands requests to virtual threads that append the answers, and awaits the",
            "    last acknowledgement alone",
            "  SHAPE: one run after the other, from the publication of its start until the",
            "    decision that ends it is in the log; ratio of the median to the floor's",
            "  floor_SHAPE_loop, SHAPE_loop: as many at once as there are clients; ratio of",
            "    what a second brings to the floor's",
            "",
            "Examples:",
            "  ./crumb bench runs --shape three",
            "  ./crumb bench runs --shape ten --effects idempotent --json > ten.jsonl",
            "  ./crumb bench runs --shape three --apart",
            "",
            "Exit codes: 0 measured, whatever the budgets say, 1 failed, 2 wrong command line."
        })
public final class RunsCommand implements Callable<Integer> {

    private static final List<String> EFFECTS = List.of("none", "idempotent", "once");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--shape",
            required = true,
            paramLabel = "SHAPE",
            description = "one, three, ten, fan100, nested10 or map1000.")
    private Shape shape = Shape.THREE;

    @Option(
            names = "--effects",
            paramLabel = "EFFECTS",
            description = "Side effects of the tool: none, idempotent or once. Default: ${DEFAULT-VALUE}")
    private String effects = "none";

    @Option(names = "--apart", description = "Puts the runner into a process of its own.")
    private boolean apart;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Runs at once in the closed loops. Default: ${DEFAULT-VALUE}")
    private int clients = 16;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "How long is measured, after a warm-up of as long at most: 5 or more. Default: ${DEFAULT-VALUE}")
    private long seconds = 60;

    @Option(names = "--json", description = "Prints one JSON object a line; budgets go to standard error.")
    private boolean json;

    static String word(SideEffects effects) {
        return effects.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("picocli sets the specification");
        }
        if (!EFFECTS.contains(effects)) {
            throw new FailureException(
                    ExitCode.USAGE, "--effects: expected none, idempotent or once, got '" + effects + "'");
        }
        if (seconds < 5) {
            throw new FailureException(ExitCode.USAGE, "--seconds: expected 5 or more, got " + seconds);
        }
        if (clients < 1) {
            throw new FailureException(ExitCode.USAGE, "--clients: expected 1 or more, got " + clients);
        }
        PrintWriter out = given.commandLine().getOut();
        PrintWriter err = given.commandLine().getErr();
        RunsReport report = measure(err);
        (json ? report.json() : report.table()).forEach(out::println);
        if (!json) {
            out.println();
        }
        report.notes().forEach(json ? err::println : out::println);
        report.budgets().forEach(json ? err::println : out::println);
        return ExitCode.OK;
    }

    /** With a log, as in the platform. */
    private RunsReport measure(PrintWriter err) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("crumb-bench-log"); // a log that is full goes on in another file
        System.setProperty("crumb.log", folder.resolve("bench.log").toString());
        System.setProperty("logback.configurationFile", "logback-platform.xml");
        try {
            // Not before: the class of side effects has a logger.
            RunsBench.Plan plan =
                    new RunsBench.Plan(shape, SideEffects.valueOf(effects.toUpperCase(Locale.ROOT)), clients, apart);
            return new RunsBench(plan, Duration.ofSeconds(seconds), line -> err.println("bench runs: " + line)).run();
        } catch (IOException | ExecutionException | TimeoutException | IllegalStateException | BusException e) {
            throw new FailureException(ExitCode.FAILED, "the benchmark could not be carried out: " + e.getMessage());
        } finally {
            Folders.delete(folder);
        }
    }
}
