package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about schedules. */
@Command(
        name = "schedule",
        description = "Schedules, which start stored workflows by the clock: saves, lists, pauses and deletes them.",
        footer = {
            "",
            "Examples:",
            "  ./crumb schedule save nightly --cron '30 3 * * *' --zone Europe/Berlin --workflow clean-up",
            "  ./crumb schedule list",
            "  ./crumb schedule pause nightly",
            "",
            "docs/workflows.md says more."
        })
public final class ScheduleCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private ScheduleCommand() {}

    /** The group with its commands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new ScheduleCommand())
                .addSubcommand(new SaveCommand(console))
                .addSubcommand(new LookCommands.Listing(console))
                .addSubcommand(new LookCommands.Show(console))
                .addSubcommand(new ChangeCommands.Pause(console))
                .addSubcommand(new ChangeCommands.Resume(console))
                .addSubcommand(new ChangeCommands.Delete(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "What about them? save, list, show, pause, resume or delete; see --help.");
        }
    }
}
