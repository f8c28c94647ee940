package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.SecretDesk;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.secret.SecretChanges;
import io.breadcrumbs.sdk.secret.SecretLine;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.VaultException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets of one workspace, or of all, in their topic. */
final class BusSecrets implements SecretDesk {

    private final SecretChanges changes;
    private final String user;
    private final @Nullable String workspace;

    /** @param workspace null: all, and what is changed is in the default one */
    BusSecrets(SecretChanges changes, String user, @Nullable String workspace) {
        this.changes = changes;
        this.user = user;
        this.workspace = workspace;
    }

    @Override
    public String set(String name, String value) throws InterruptedException {
        SecretName secret = named(name);
        make(vault -> List.of(vault.set(secret, value, user, Instant.now())));
        return secret.workspace();
    }

    @Override
    public List<SecretLine> all() throws InterruptedException {
        return changes.all().stream()
                .filter(secret -> workspace == null || workspace.equals(secret.workspace()))
                .toList();
    }

    @Override
    public String delete(String name) throws InterruptedException {
        SecretName secret = named(name);
        if (make(vault -> vault.delete(secret).stream().toList()) == 0) {
            throw new FailureException(ExitCode.FAILED, "no secret '" + name + "' in workspace " + secret.workspace());
        }
        return secret.workspace();
    }

    private SecretName named(String name) {
        return new SecretName(workspace == null ? Metas.DEFAULT_WORKSPACE : workspace, name);
    }

    private int make(SecretChanges.Change change) throws InterruptedException {
        try {
            return changes.make(change);
        } catch (VaultException | IllegalArgumentException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
