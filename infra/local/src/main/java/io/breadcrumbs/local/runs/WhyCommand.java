package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.runs.control.AboutRuns;
import io.breadcrumbs.local.runs.control.Reading;
import io.breadcrumbs.local.runs.journal.Family;
import io.breadcrumbs.local.runs.why.Inquiry;
import io.breadcrumbs.local.runs.why.Why;
import io.breadcrumbs.sdk.Bus;
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
final class WhyCommand extends AboutRuns {

    @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
    private String runId = "";

    WhyCommand(Console console) {
        super(console);
    }

    @Override
    protected int call(Bus bus) throws InterruptedException, TimeoutException {
        try (Family family = new Family(bus, runId, true, _ -> {})) {
            Reading.catchUp(family);
            Reading.demandAccepted(bus, family);
            console.line(Why.of(new Inquiry(bus, target.find().kafka(), READ_WITHIN).about(family)));
        }
        return ExitCode.OK;
    }
}
