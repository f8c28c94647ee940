package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.runs.control.ControlCommands;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about runs. */
@Command(
        name = "run",
        description = "Runs of workflows: starts them, shows them, decides about them.",
        footer = {
            "",
            "Examples:",
            "  ./crumb run start sum.json --watch",
            "  ./crumb run list --status running",
            "  ./crumb run why order-17",
            "",
            "docs/workflows.md shows what a workflow is."
        })
public final class RunCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private RunCommand() {}

    /** The group with its commands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new RunCommand())
                .addSubcommand(new StartCommand(console))
                .addSubcommand(new ForkCommand(console))
                .addSubcommand(new LookCommands.Status(console))
                .addSubcommand(new LookCommands.Watch(console))
                .addSubcommand(new LookCommands.Past(console))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new WhyCommand(console))
                .addSubcommand(new ControlCommands.Cancel(console))
                .addSubcommand(new ControlCommands.Pause(console))
                .addSubcommand(new ControlCommands.Resume(console))
                .addSubcommand(new ControlCommands.Retry(console))
                .addSubcommand(new ControlCommands.Delete(console))
                .addSubcommand(new ReplyCommands.Signal(console))
                .addSubcommand(new ReplyCommands.Approve(console))
                .addSubcommand(new ReplyCommands.Reject(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "What about them? start, status, watch, ...; see --help.");
        }
    }
}
