package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wish;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.runs.RunAction;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that asks something of one run, or the same of many, and says what was decided. */
abstract class OfRuns extends OverDesk {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "Id of the run; './crumb run list' lists them. Without it: all that the options select.")
    private @Nullable String runId;

    @Mixin
    private final Selection selection = new Selection();

    private final RunAction action;

    OfRuns(Console console, RunAction action) {
        super(console);
        this.action = action;
    }

    /** Why, for people. */
    String reason() {
        return "";
    }

    /** What the decision means, the run having taken it. */
    String meaning(Family family) {
        return StatusText.line(family.first(), System.currentTimeMillis());
    }

    @Override
    protected void check() {
        selection.many(runId);
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        RunDesk runs = desk.runs();
        String id = runId;
        if (id == null) {
            return new Many(console, action, reason(), selection).call(runs);
        }
        try (Family family = new Family(runs, id, false, _ -> {})) {
            Reading.catchUp(family);
            Reading.demandAccepted(runs, family);
            Reading.decision(family, runs.ask(id, new Wish.Act(action, reason())));
            console.line(meaning(family));
        }
        return ExitCode.OK;
    }
}
