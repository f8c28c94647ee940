package io.breadcrumbs.runner.execution;

import io.breadcrumbs.runner.provider.SecretVariable;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.Vault;
import java.util.Optional;

/** Where tools' secrets come from. Values are never logged. */
@FunctionalInterface
public interface Secrets {

    /** The runner's own secret of this name; empty if there is none. */
    Optional<String> find(String name);

    /**
     * The secret of this name that a workspace has, or else the runner's own.
     *
     * @throws io.breadcrumbs.sdk.secret.VaultException if there is one and it cannot be opened
     */
    default Optional<String> find(String workspace, String name) {
        return find(name);
    }

    /** The runner's environment variables, see {@link SecretVariable}. */
    static Secrets ofEnvironment() {
        return name -> Optional.ofNullable(System.getenv(SecretVariable.of(name)));
    }

    /** Those of workspaces in a vault, and the runner's own of its environment. */
    static Secrets of(Vault vault) {
        Secrets own = ofEnvironment();
        return new Secrets() {
            @Override
            public Optional<String> find(String name) {
                return own.find(name);
            }

            @Override
            public Optional<String> find(String workspace, String name) {
                return vault.find(new SecretName(workspace, name)).or(() -> own.find(name));
            }
        };
    }
}
