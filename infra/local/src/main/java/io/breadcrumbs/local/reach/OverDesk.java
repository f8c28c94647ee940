package io.breadcrumbs.local.reach;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.sdk.BusException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Mixin;

/** A command that asks a platform's desk, and how it fails. */
public abstract class OverDesk implements Callable<Integer> {

    /** A journal that gives nothing for so long is given up. */
    public static final Duration READ_WITHIN = Duration.ofSeconds(30);

    protected final Console console;

    @Mixin
    private final Reach reach = new Reach();

    protected OverDesk(Console console) {
        this.console = console;
    }

    /** What is wrong with the command line, before anything is asked. */
    protected void check() {}

    protected abstract int call(Desk desk) throws InterruptedException, TimeoutException;

    @Override
    public final Integer call() throws InterruptedException {
        check();
        try (Desk desk = reach.open(console)) {
            return call(desk);
        } catch (TimeoutException e) {
            throw new FailureException(
                    ExitCode.FAILED, "the journal cannot be read: nothing came for " + READ_WITHIN.toSeconds() + " s");
        } catch (BusException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            console.out().flush();
        }
    }
}
