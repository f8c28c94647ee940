package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.runs.control.AboutRuns;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** A command that changes a schedule. */
abstract class Changing extends AboutRuns {

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
    String name = "";

    Changing(Console console) {
        super(console);
    }

    /** What is left to be read before; then the change is asked for. */
    abstract CompletableFuture<Answer> ask(Bus bus, Breadcrumbs breadcrumbs)
            throws InterruptedException, TimeoutException;

    /** What the change means. */
    abstract String done();

    @Override
    protected int call(Bus bus) throws InterruptedException, TimeoutException {
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus)) {
            return switch (ask(bus, breadcrumbs).get()) {
                case Answer.Done _ -> {
                    console.line("schedule " + name + " " + done());
                    yield ExitCode.OK;
                }
                case Answer.Refused refused ->
                    throw new FailureException(
                            ExitCode.FAILED,
                            refused.code() == RefusalCode.NOT_FOUND
                                    ? "no schedule '" + name + "'; './crumb schedule list' lists them"
                                    : refused.message());
            };
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new FailureException(
                    ExitCode.FAILED,
                    "the schedule could not be changed: " + (cause == null ? e.getMessage() : cause.getMessage()));
        }
    }
}
