package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolCall;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a tool and prints its output. */
@Command(
        name = "call",
        description = "Calls a tool, and prints its output when the log has it.",
        footer = {
            "",
            "Examples:",
            "  ./crumb call echo '{\"message\": \"hello\"}'",
            "  ./crumb call timer '{\"seconds\": 2}' --timeout 5s",
            "",
            "Exit codes: 0 it succeeded, 1 it failed or nobody answered, 2 wrong command line, 3 no platform answers."
        })
final class CallCommand implements Callable<Integer> {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);

    private final Console console;

    @Parameters(index = "0", paramLabel = "TOOL", description = "The tool's name.")
    private String tool = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", description = "Its input. Default: ${DEFAULT-VALUE}")
    private String input = "{}";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long the answer is worth waiting for: seconds, or with a unit, such as 500ms, 2s,"
                    + " 1m30s. Default: 10s")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--json", description = "Prints the whole answer as the log has it.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    CallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        ToolResponse answer;
        try (Bus bus = target.connect(CONNECTED_WITHIN)) {
            answer = answer(bus);
        }
        if (json) {
            console.line(answer.toString());
        }
        ToolError error = answer.getError();
        if (error != null) {
            String field = error.getField();
            throw new FailureException(
                    ExitCode.FAILED,
                    error.getKind() + (field == null || field.isEmpty() ? "" : " in '" + field + "'") + ": "
                            + error.getMessage());
        }
        if (!json) {
            console.line(String.valueOf(answer.getOutput()));
        }
        return ExitCode.OK;
    }

    private ToolResponse answer(Bus bus) throws InterruptedException {
        try {
            return ToolCall.of(bus, tool, input, timeout);
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, unanswered(bus, e.getCause()));
        }
    }

    private String unanswered(Bus bus, @Nullable Throwable cause) throws InterruptedException {
        String what = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        String pool = ToolList.read(bus, CONNECTED_WITHIN)
                .newest(tool)
                .map(known -> known.definition().getPool())
                .orElse(Catalogue.DEFAULT_POOL);
        try {
            Map<String, Integer> runners = Members.runners(target.find().kafka(), Set.of(pool), CONNECTED_WITHIN);
            return runners.getOrDefault(pool, 0) > 0 ? what : what + "; " + Members.nobody(pool);
        } catch (TimeoutException e) {
            return what;
        }
    }
}
