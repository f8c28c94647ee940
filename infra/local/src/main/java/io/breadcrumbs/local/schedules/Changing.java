package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** A command that changes a schedule. */
abstract class Changing extends OverDesk {

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
    String name = "";

    Changing(Console console) {
        super(console);
    }

    abstract void change(Desk desk) throws InterruptedException, TimeoutException;

    /** What the change means. */
    abstract String done();

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        change(desk);
        console.line("schedule " + name + " " + done());
        return ExitCode.OK;
    }
}
