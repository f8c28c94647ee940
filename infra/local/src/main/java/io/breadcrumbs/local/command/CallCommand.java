package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.tools.ToolCall;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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
            "  ./crumb call timer '{\"seconds\": 2}' --timeout 5",
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
            paramLabel = "SECONDS",
            description = "How long the answer is worth waiting for. Default: ${DEFAULT-VALUE}")
    private double timeoutSeconds = 10;

    @Option(names = "--json", description = "Prints the whole answer as the log has it.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    CallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(timeoutSeconds > 0)) {
            throw new FailureException(
                    ExitCode.USAGE, "--timeout: expected more than 0 seconds, got " + timeoutSeconds);
        }
        ToolResponse answer;
        try (Bus bus = target.connect(CONNECTED_WITHIN)) {
            answer = ToolCall.of(bus, tool, input, Duration.ofMillis((long) (timeoutSeconds * 1000)));
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, message(e.getCause()));
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

    private static String message(@Nullable Throwable cause) {
        return cause == null ? "no answer" : String.valueOf(cause.getMessage());
    }
}
