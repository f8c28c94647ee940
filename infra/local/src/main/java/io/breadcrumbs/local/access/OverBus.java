package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.sdk.Bus;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Mixin;

/** What these commands share: a bus to the platform, and how they wait for it. */
abstract class OverBus implements Callable<Integer> {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Console console;

    @Mixin
    private final Target target = new Target();

    OverBus(Console console) {
        this.console = console;
    }

    final Target target() {
        return target;
    }

    /** What is wrong with the command line, before anything is asked. */
    void check() {}

    abstract void call(Bus bus) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        check();
        try (Bus bus = target.connect(CONNECTED_WITHIN)) {
            call(bus);
            return ExitCode.OK;
        } finally {
            console.out().flush();
        }
    }

    static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new FailureException(ExitCode.FAILED, "no answer within " + PATIENCE.toSeconds() + " s");
        }
    }
}
