package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.runs.journal.Family;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Runs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** A command that asks something of one run, and says what was decided. */
public abstract class OfRun extends AboutRuns {

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
    protected String runId = "";

    protected OfRun(Console console) {
        super(console);
    }

    protected abstract CompletableFuture<Asked> ask(Runs runs);

    /** What the decision means, the run having taken it: how the run stands now, unless there is more to say. */
    protected String meaning(Journal.Batch decision, Family family) {
        return StatusText.line(family.first(), System.currentTimeMillis());
    }

    @Override
    protected int call(Bus bus) throws InterruptedException, TimeoutException {
        try (Family family = new Family(bus, runId, false, _ -> {})) {
            Reading.catchUp(family);
            Reading.demandAccepted(bus, family);
            Journal.Batch decision = Reading.decision(family, ask(new Runs(bus, user())));
            console.line(meaning(decision, family));
        }
        return io.breadcrumbs.local.console.ExitCode.OK;
    }
}
