package io.breadcrumbs.local.reach;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.sdk.BusException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that looks into a platform's log, and how it fails. */
public abstract class OverLog implements Callable<Integer> {

    protected final Console console;

    @Mixin
    private final Reach reach = new Reach();

    protected OverLog(Console console) {
        this.console = console;
    }

    /** What is wrong with the command line, before anything is asked. */
    protected void check() {}

    protected abstract int call(LogDesk desk) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        check();
        try (LogDesk desk = reach.openLog()) {
            return call(desk);
        } catch (BusException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            console.out().flush();
        }
    }
}
