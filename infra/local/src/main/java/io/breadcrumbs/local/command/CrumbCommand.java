package io.breadcrumbs.local.command;

import io.breadcrumbs.local.access.KeyCommand;
import io.breadcrumbs.local.access.SecretCommand;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureLine;
import io.breadcrumbs.local.demo.DemoCommand;
import io.breadcrumbs.local.mcp.McpCommand;
import io.breadcrumbs.local.platform.Version;
import io.breadcrumbs.local.runs.RunCommand;
import io.breadcrumbs.local.schedules.ScheduleCommand;
import io.breadcrumbs.local.workflows.WorkflowCommand;
import java.io.PrintWriter;
import java.io.Reader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The root of all commands. */
@Command(
        name = "crumb",
        description = "Runs and inspects a Breadcrumbs platform.",
        footer = {
            "",
            "Start here: ./crumb up --detach",
            "",
            "Exit codes: 0 done, 1 could not be done, 2 wrong command line, 3 no platform answers."
        })
public final class CrumbCommand {

    private CrumbCommand() {}

    /** Runs one command line and gives back the exit code. */
    public static int run(Reader in, PrintWriter out, PrintWriter err, String... arguments) {
        Console console = new Console(in, out, err);
        CommandLine line = new CommandLine(new CrumbCommand())
                .addSubcommand(new UpCommand(console))
                .addSubcommand(new DownCommand(console))
                .addSubcommand(new TopicsCommand(console))
                .addSubcommand(new TailCommand(console))
                .addSubcommand(new PublishCommand(console))
                .addSubcommand(new ToolsCommand(console))
                .addSubcommand(new CallCommand(console))
                .addSubcommand(RunCommand.with(console))
                .addSubcommand(WorkflowCommand.with(console))
                .addSubcommand(ScheduleCommand.with(console))
                .addSubcommand(KeyCommand.with(console))
                .addSubcommand(SecretCommand.with(console))
                .addSubcommand(new McpCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(DlqCommand.with(console))
                .addSubcommand(new BenchCommand())
                .addSubcommand(new BuildCommands.Format())
                .addSubcommand(new BuildCommands.Test())
                .addSubcommand(new VersionCommand(console))
                .addSubcommand(new CommandLine.HelpCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(new FailureLine());
        explain(line);
        if (arguments.length == 0) {
            line.usage(err);
            return ExitCode.USAGE;
        }
        int code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** Every command knows {@code --help}, and most {@code --version}; picocli's own help command has its own. */
    private static void explain(CommandLine line) {
        if (line.getCommand() instanceof CommandLine.HelpCommand) {
            return;
        }
        CommandSpec spec = line.getCommandSpec();
        if (spec.findOption("--version") == null) {
            spec.mixinStandardHelpOptions(true).versionProvider(() -> new String[] {Version.line()});
        } else { // there it means the version of something else
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help message and exit.")
                    .build());
        }
        line.getSubcommands().values().forEach(CrumbCommand::explain);
    }
}
