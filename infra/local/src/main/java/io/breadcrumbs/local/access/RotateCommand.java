package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.data.DataFolder;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.secret.MasterKeyFile;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.SecretChanges;
import io.breadcrumbs.sdk.secret.Vault;
import io.breadcrumbs.sdk.secret.VaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes the master key. Over the brokers alone: who has the file of the keys is beside the platform. */
@Command(
        name = "rotate",
        description = "Puts all secrets under the first of the master keys; their values stay.",
        footer = {
            "",
            "Example: ./crumb secret rotate --new-key",
            "",
            "Afterwards the other master keys can be taken out of the file.",
            "Needs the file of the master keys and the brokers, and is not asked for by --url.",
            SecretCommands.CODES
        })
final class RotateCommand implements Callable<Integer> {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Console console;

    @Mixin
    private final Target target = new Target();

    @Option(names = "--new-key", description = "Draws a new master key first, and puts it first into the file.")
    private boolean drawn;

    RotateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        String url = target.url();
        if (url != null) {
            throw new FailureException(
                    ExitCode.USAGE,
                    "secret rotate needs the file of the master keys, which the door at " + url
                            + " does not give away: ask for it beside the platform, without --url and BREADCRUMBS_URL");
        }
        if (drawn && MasterKeys.inEnvironment()) {
            throw new FailureException(
                    ExitCode.USAGE, "--new-key: expected master keys in a file, got them in the environment");
        }
        Path file = target.folder().resolve(DataFolder.MASTER_KEYS);
        try (Bus bus = target.connect(CONNECTED_WITHIN)) {
            if (drawn) {
                MasterKeyFile.ofEnvironmentOr(file).prepend();
            }
            SecretChanges changes = new SecretChanges(bus, MasterKeys.ofEnvironmentOr(file), PATIENCE);
            console.line(changes.make(Vault::rotated) + " secrets are under the first master key now");
            return ExitCode.OK;
        } catch (VaultException | BusException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            console.out().flush();
        }
    }
}
