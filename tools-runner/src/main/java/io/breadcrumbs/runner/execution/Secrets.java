package io.breadcrumbs.runner.execution;

import io.breadcrumbs.runner.provider.SecretVariable;
import java.util.Optional;

/** Where tools' secrets come from. Values are never logged. */
@FunctionalInterface
public interface Secrets {

    /** The secret of this name; empty if there is none. */
    Optional<String> find(String name);

    /** The runner's environment variables, see {@link SecretVariable}. */
    static Secrets ofEnvironment() {
        return name -> Optional.ofNullable(System.getenv(SecretVariable.of(name)));
    }
}
