package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.runs.journal.Family;
import io.breadcrumbs.local.runs.journal.Summaries;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that asks something of one run, or the same of many, and says what was decided. */
abstract class OfRuns extends AboutRuns {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "Id of the run; './crumb run list' lists them. Without it: all that the options select.")
    private @Nullable String runId;

    @Mixin
    private final Selection selection = new Selection();

    @Spec
    private @Nullable CommandSpec spec;

    private final Set<RunStatus> suits;

    /** @param suits the statuses with which it makes sense */
    OfRuns(Console console, Set<RunStatus> suits) {
        super(console);
        this.suits = suits;
    }

    abstract CompletableFuture<Asked> ask(Runs runs, String id);

    /** What the decision means, the run having taken it. */
    String meaning(Family family) {
        return StatusText.line(family.first(), System.currentTimeMillis());
    }

    @Override
    protected void check() {
        selection.many(runId);
    }

    @Override
    protected int call(Bus bus) throws InterruptedException, TimeoutException {
        Runs runs = new Runs(bus, user());
        String id = runId;
        if (id == null) {
            String what = spec == null ? "" : spec.name();
            return new Many(console, what, selection)
                    .call(
                            bus,
                            selection.of(Summaries.read(bus, READ_WITHIN), suits, System.currentTimeMillis()),
                            one -> ask(runs, one));
        }
        try (Family family = new Family(bus, id, false, _ -> {})) {
            Reading.catchUp(family);
            Reading.demandAccepted(bus, family);
            Reading.decision(family, ask(runs, id));
            console.line(meaning(family));
        }
        return ExitCode.OK;
    }
}
