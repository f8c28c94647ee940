package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about keys. */
@Command(
        name = "key",
        description = "Keys by which callers of the HTTP door are known: creates, lists and revokes them.",
        footer = {
            "",
            "Examples:",
            "  ./crumb key create planner --role emitter --role subscriber",
            "  ./crumb key list",
            "  ./crumb key revoke 0f3a9c11d2e47b58",
            "",
            "docs/security.md shows how keys are used."
        })
public final class KeyCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private KeyCommand() {}

    /** The group with its commands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new KeyCommand())
                .addSubcommand(new KeyCommands.Create(console))
                .addSubcommand(new KeyCommands.Listing(console))
                .addSubcommand(new KeyCommands.Revoke(console));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "What about them? create, list or revoke; see --help.");
        }
    }
}
