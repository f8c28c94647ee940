package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.ToolDesk;
import io.breadcrumbs.local.reach.OverDesk;
import java.time.Duration;
import picocli.CommandLine.Command;
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
final class CallCommand extends OverDesk {

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

    @Option(names = "--json", description = "Prints the whole answer, as the log or the door has it.")
    private boolean json;

    CallCommand(Console console) {
        super(console);
    }

    @Override
    protected int call(Desk desk) throws InterruptedException {
        ToolDesk.Answered answer = desk.tools().call(tool, input, timeout);
        if (json) {
            console.line(answer.whole());
        }
        if (answer.error() != null) {
            throw new FailureException(ExitCode.FAILED, answer.error());
        }
        if (!json) {
            console.line(String.valueOf(answer.output()));
        }
        return ExitCode.OK;
    }
}
