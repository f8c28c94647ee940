package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DataOption;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.data.PlatformState;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the platform that runs on a data folder. */
@Command(
        name = "down",
        description = "Stops the platform that runs on the data folder, and waits until it is gone.",
        footer = {"", "Example: ./crumb down", "", "Exit codes: 0 stopped or none was running, 1 it does not stop."})
final class DownCommand implements Callable<Integer> {

    private final Console console;

    private static final long PATIENCE_SECONDS = 30;

    @Mixin
    private final DataOption data = new DataOption();

    DownCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Optional<PlatformState> running = PlatformState.read(data.folder());
        if (running.isEmpty()) {
            console.out().println("no platform runs on " + data.folder());
            return ExitCode.OK;
        }
        long pid = running.get().pid();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().destroy();
            try {
                process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new FailureException(
                        ExitCode.FAILED,
                        "the platform with process id " + pid + " still runs after " + PATIENCE_SECONDS
                                + " s; its log is " + data.folder().resolve(PlatformState.LOG));
            }
        }
        console.out().println("stopped the platform with process id " + pid);
        return ExitCode.OK;
    }
}
