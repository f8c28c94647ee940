package io.breadcrumbs.runner.execution;

import java.util.Locale;
import java.util.Optional;

/** Where tools' secrets come from. Values are never logged. */
@FunctionalInterface
public interface Secrets {

    /** The secret of this name; empty if there is none. */
    Optional<String> find(String name);

    /** Environment variables: {@code CRUMB_SECRET_} and the name in capitals, with '_' for everything else. */
    static Secrets ofEnvironment() {
        return name -> Optional.ofNullable(
                System.getenv("CRUMB_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
    }
}
