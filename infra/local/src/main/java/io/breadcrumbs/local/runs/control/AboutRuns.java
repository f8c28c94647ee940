package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Mixin;

/** What all commands about runs and workflows share: a bus to the platform, and how they fail. */
public abstract class AboutRuns implements Callable<Integer> {

    /** A journal that gives nothing for so long is given up. */
    public static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);

    protected final Console console;

    @Mixin
    protected final Target target = new Target();

    protected AboutRuns(Console console) {
        this.console = console;
    }

    /** What is wrong with the command line, before anything is asked. */
    protected void check() {}

    protected abstract int call(Bus bus) throws InterruptedException, TimeoutException;

    @Override
    public final Integer call() throws InterruptedException {
        check();
        try (Bus bus = target.connect(CONNECTED_WITHIN)) {
            return call(bus);
        } catch (TimeoutException e) {
            throw new FailureException(
                    ExitCode.FAILED, "the journal cannot be read: nothing came for " + READ_WITHIN.toSeconds() + " s");
        } catch (BusException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            console.out().flush();
        }
    }

    /** The person at the command line, as journals name him. */
    protected static String user() {
        return System.getProperty("user.name", "crumb");
    }
}
