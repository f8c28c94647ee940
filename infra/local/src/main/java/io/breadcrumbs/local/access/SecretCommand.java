package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about secrets. */
@Command(
        name = "secret",
        description =
                "Secrets that tools are given by their names: sets, lists and deletes them, changes the master key.",
        footer = {
            "",
            "Examples:",
            "  ./crumb secret set API < token.txt",
            "  ./crumb secret list",
            "  ./crumb secret rotate --new-key",
            "  ./crumb secret set API --url https://crumbs.example.com < token.txt",
            "",
            "The master keys are read from BREADCRUMBS_MASTER_KEY, from the file that BREADCRUMBS_MASTER_KEY_FILE",
            "names, or from master.keys in the data folder; with --url the door has them. docs/security.md has more."
        })
public final class SecretCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private SecretCommand() {}

    /** The group with its commands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new SecretCommands.Put(console))
                .addSubcommand(new SecretCommands.Listing(console))
                .addSubcommand(new SecretCommands.Delete(console))
                .addSubcommand(new RotateCommand(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "What about them? set, list, delete or rotate; see --help.");
        }
    }
}
