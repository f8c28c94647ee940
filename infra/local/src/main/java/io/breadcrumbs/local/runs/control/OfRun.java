package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wish;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.journal.Journal;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** A command that asks something of one run, and says what was decided. */
public abstract class OfRun extends OverDesk {

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
    protected String runId = "";

    protected OfRun(Console console) {
        super(console);
    }

    protected abstract Wish wish();

    /** What the decision means, the run having taken it: how the run stands now, unless there is more to say. */
    protected String meaning(Journal.Batch decision, Family family) {
        return StatusText.line(family.first(), System.currentTimeMillis());
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        RunDesk runs = desk.runs();
        try (Family family = new Family(runs, runId, false, _ -> {})) {
            Reading.catchUp(family);
            Reading.demandAccepted(runs, family);
            Journal.Batch decision = Reading.decision(family, runs.ask(runId, wish()));
            if (decision == null) {
                throw new FailureException(ExitCode.FAILED, "run " + runId + " was deleted meanwhile");
            }
            console.line(meaning(decision, family));
        }
        return ExitCode.OK;
    }
}
