package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.data.DataFolder;
import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.Vault;
import io.breadcrumbs.sdk.secret.VaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands about secrets share: the vault, and that changes of it are one after another. */
abstract class OverVault extends OverBus {

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The workspace that it is of. Default: ${DEFAULT-VALUE}")
    private String workspace = Metas.DEFAULT_WORKSPACE;

    OverVault(Console console) {
        super(console);
    }

    /** What is to be written, as the vault is now. */
    interface Changes {
        List<Draft<Secret>> of(Vault vault);
    }

    SecretName named(String name) {
        try {
            return new SecretName(workspace, name);
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    Path file() {
        String named = System.getenv(MasterKeys.FILE_VARIABLE);
        return named == null || named.isBlank() ? target().folder().resolve(DataFolder.MASTER_KEYS) : Path.of(named);
    }

    /** Whether the keys are not in a file. */
    static boolean keysInEnvironment() {
        String keys = System.getenv(MasterKeys.VARIABLE);
        return keys != null && !keys.isBlank();
    }

    /** A laptop needs no ceremony: its first secret makes the key. */
    void demandKey() {
        if (!keysInEnvironment() && !Files.exists(file())) {
            new MasterKeyFile(file()).prepend();
            console.err().println("a master key is in " + file() + ": without it no secret can be read");
            console.err().flush();
        }
    }

    Vault opened(Bus bus) throws InterruptedException {
        Vault vault = new Vault(bus, MasterKeys.ofEnvironmentOr(file()));
        await(vault.whenRead());
        return vault;
    }

    /** Nobody else changes secrets between what is read here and what is written. */
    int change(Bus bus, Changes changes) throws InterruptedException {
        try (Writer writer = bus.writer(Vault.WRITER)) {
            await(writer.open());
            try (Vault vault = opened(bus)) {
                List<Draft<Secret>> drafts = changes.of(vault);
                if (!drafts.isEmpty()) {
                    await(writer.write(List.copyOf(drafts)));
                }
                return drafts.size();
            }
        } catch (VaultException | IllegalArgumentException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
