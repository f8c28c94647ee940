package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.Vault;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about secrets. */
final class SecretCommands {

    private static final String CODES =
            "Exit codes: 0 done, 1 no such secret, or failed, 2 wrong command line, 3 no platform answers.";

    private SecretCommands() {}

    /** Gives one a value. */
    @Command(
            name = "set",
            description = "Gives a secret a value, which is read from standard input.",
            footer = {"", "Example: ./crumb secret set API --workspace team-a < token.txt", "", CODES})
    static final class Put extends OverVault {

        @Parameters(paramLabel = "NAME", description = "Its name, as tools' inputs call it.")
        private String name = "";

        Put(Console console) {
            super(console);
        }

        @Override
        void check() {
            named(name);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            SecretName of = named(name);
            String value = value();
            demandKey();
            change(
                    bus,
                    vault -> List.of(vault.set(of, value, System.getProperty("user.name", "crumb"), Instant.now())));
            console.line("secret " + name + " of workspace " + of.workspace() + " is set");
        }

        /** Without the line's end that an editor, or echo, puts behind it. */
        private String value() {
            try {
                StringWriter all = new StringWriter();
                console.in().transferTo(all);
                return all.toString().replaceFirst("\\R$", "");
            } catch (IOException e) {
                throw new FailureException(ExitCode.FAILED, "standard input cannot be read: " + e);
            }
        }
    }

    /** Which there are. */
    @Command(
            name = "list",
            description = "Lists the secrets of all workspaces, without their values.",
            footer = {"", "Example: ./crumb secret list", "", CODES})
    static final class Listing extends OverVault {

        Listing(Console console) {
            super(console);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            try (Vault vault = opened(bus)) {
                List<Secret> all = vault.all();
                console.line(all.isEmpty() ? "no secrets" : line("WORKSPACE", "SECRET", "SET", "BY", "MASTER KEY"));
                all.forEach(secret -> console.line(line(
                        secret.getMeta().getWorkspace(),
                        secret.getName(),
                        Instant.ofEpochMilli(secret.getMeta().getCreatedAtMs())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        String.valueOf(secret.getMeta().getAuthor()),
                        secret.getMasterKey())));
            }
        }

        private static String line(String... columns) {
            return String.format(Locale.ROOT, "%-16s  %-24s  %-20s  %-16s  %s", (Object[]) columns)
                    .stripTrailing();
        }
    }

    /** Ends one. */
    @Command(
            name = "delete",
            description = "Deletes a secret.",
            footer = {"", "Example: ./crumb secret delete API", "", CODES})
    static final class Delete extends OverVault {

        @Parameters(paramLabel = "NAME", description = "Its name; './crumb secret list' lists them.")
        private String name = "";

        Delete(Console console) {
            super(console);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            SecretName of = named(name);
            if (change(bus, vault -> vault.delete(of).stream().toList()) == 0) {
                throw new FailureException(ExitCode.FAILED, "no secret '" + name + "' in workspace " + of.workspace());
            }
            console.line("secret " + name + " of workspace " + of.workspace() + " is deleted");
        }
    }

    /** Changes the master key. */
    @Command(
            name = "rotate",
            description = "Puts all secrets under the first of the master keys; their values stay.",
            footer = {
                "",
                "Example: ./crumb secret rotate --new-key",
                "",
                "Afterwards the other master keys can be taken out of the file.",
                CODES
            })
    static final class Rotate extends OverVault {

        @Option(names = "--new-key", description = "Draws a new master key first, and puts it first into the file.")
        private boolean drawn;

        Rotate(Console console) {
            super(console);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            if (drawn && keysInEnvironment()) {
                throw new FailureException(
                        ExitCode.USAGE, "--new-key: expected master keys in a file, got them in the environment");
            }
            if (drawn) {
                new MasterKeyFile(file()).prepend();
            }
            console.line(change(bus, Vault::rotated) + " secrets are under the first master key now");
        }
    }
}
