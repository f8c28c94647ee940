package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.secret.SecretLine;
import io.breadcrumbs.sdk.secret.SecretName;
import java.io.IOException;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about secrets. */
final class SecretCommands {

    static final String CODES =
            "Exit codes: 0 done, 1 no such secret, or failed, 2 wrong command line, 3 no platform answers.";

    private SecretCommands() {}

    /** Gives one a value. */
    @Command(
            name = "set",
            description = "Gives a secret a value, which is read from standard input.",
            footer = {"", "Example: ./crumb secret set API --workspace team-a < token.txt", "", CODES})
    static final class Put extends Workspaced {

        @Parameters(paramLabel = "NAME", description = "Its name, as tools' inputs call it.")
        private String name = "";

        Put(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            demandNamed(name, workspace());
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            String workspace = desk.secrets(workspace()).set(name, value());
            console.line("secret " + name + " of workspace " + workspace + " is set");
            return ExitCode.OK;
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
            description = "Lists the secrets, without their values.",
            footer = {"", "Example: ./crumb secret list", "", CODES})
    static final class Listing extends Workspaced {

        Listing(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            List<SecretLine> all = desk.secrets(workspace()).all();
            console.line(all.isEmpty() ? "no secrets" : line("WORKSPACE", "SECRET", "SET", "BY", "MASTER KEY"));
            all.forEach(secret -> console.line(line(
                    secret.workspace(),
                    secret.name(),
                    secret.setAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    String.valueOf(secret.by()),
                    secret.masterKey())));
            return ExitCode.OK;
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
    static final class Delete extends Workspaced {

        @Parameters(paramLabel = "NAME", description = "Its name; './crumb secret list' lists them.")
        private String name = "";

        Delete(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            demandNamed(name, workspace());
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            String workspace = desk.secrets(workspace()).delete(name);
            console.line("secret " + name + " of workspace " + workspace + " is deleted");
            return ExitCode.OK;
        }
    }

    private static void demandNamed(String name, @Nullable String workspace) {
        try {
            new SecretName(workspace == null ? Metas.DEFAULT_WORKSPACE : workspace, name);
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
