package io.breadcrumbs.local.workflows;

import io.breadcrumbs.local.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about stored workflows. */
@Command(
        name = "workflow",
        description = "Workflows that are stored under names: saves, lists, shows and deletes them.",
        footer = {
            "",
            "Examples:",
            "  ./crumb workflow save sum.json",
            "  ./crumb workflow list",
            "  ./crumb workflow show sum --version 1",
            "  ./crumb run start --name sum",
            "  ./crumb workflow delete sum",
            "",
            "docs/workflows.md shows what a workflow is."
        })
public final class WorkflowCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private WorkflowCommand() {}

    /** The group with its commands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new SaveCommand(console))
                .addSubcommand(new StoredCommands.Listing(console))
                .addSubcommand(new StoredCommands.Show(console))
                .addSubcommand(new StoredCommands.Delete(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "What about them? save, list, show or delete; see --help.");
        }
    }
}
