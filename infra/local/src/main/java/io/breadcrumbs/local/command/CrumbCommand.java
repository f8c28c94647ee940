package io.breadcrumbs.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
        name = "crumb",
        description = "Runs and inspects a Breadcrumbs platform.",
        subcommands = {UpCommand.class, DownCommand.class, VersionCommand.class, CommandLine.HelpCommand.class},
        footer = {
            "",
            "Start here: ./crumb up --detach",
            "",
            "Exit codes: 0 done, 1 could not be done, 2 wrong command line, 3 no platform answers."
        })
public final class CrumbCommand {

    private CrumbCommand() {}

    /** Runs one command line; gives back the exit code. */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new CrumbCommand());
        line.setExecutionExceptionHandler(new FailureLine());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return arguments.length == 0 ? usage(line) : line.execute(arguments);
    }

    private static int usage(CommandLine line) {
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }
}
