package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a run. */
@Command(
        name = "why",
        description = "Says in one sentence what a run waits for, and what would move it.",
        footer = {
            "",
            "Example: ./crumb run why order-17",
            "  step build waits for tool compile (pool gpu), requested 41 s ago; no runner serves pool gpu",
            "",
            "Of a run that waits for another one it says what that waits for.",
            "Exit codes: 0 said, 1 no such run, or failed, 2 wrong command line, 3 no platform answers."
        })
final class WhyCommand extends OverDesk {

    @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
    private String runId = "";

    WhyCommand(Console console) {
        super(console);
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        console.line(desk.runs().why(runId));
        return ExitCode.OK;
    }
}
