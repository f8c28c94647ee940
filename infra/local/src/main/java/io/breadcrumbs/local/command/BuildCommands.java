package io.breadcrumbs.local.command;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Commands that the script carries out itself, before there is a build; here they only stand in the help. */
final class BuildCommands {

    private BuildCommands() {}

    /** Rewrites sources. */
    @Command(name = "format", description = "Rewrites every Java file as the formatter wants it.")
    static final class Format implements Callable<Integer> {

        @Override
        public Integer call() {
            throw byScript("format");
        }
    }

    /** Runs all tests. */
    @Command(
            name = "test",
            description = "Runs all tests: mvn verify, with what follows 'test'.",
            footer = {"", "Example: ./crumb test -pl sdk -am"})
    static final class Test implements Callable<Integer> {

        @Override
        public Integer call() {
            throw byScript("test");
        }
    }

    private static FailureException byScript(String name) {
        return new FailureException(ExitCode.FAILED, "'" + name + "' is carried out by the script: ./crumb " + name);
    }
}
