package io.breadcrumbs.local.console;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what a command throws into one line and an exit code. */
public final class FailureLine implements CommandLine.IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        if (thrown instanceof FailureException failure) {
            line.getErr().println("crumb: " + failure.getMessage());
            return failure.exitCode();
        }
        line.getErr().println("crumb: " + thrown);
        LoggerFactory.getLogger(FailureLine.class).debug("the command failed", thrown);
        return ExitCode.FAILED;
    }
}
