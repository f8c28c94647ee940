package io.breadcrumbs.runner.provider;

import java.util.Locale;

/** The environment variable that carries a secret: to a runner, and from it to the subprocesses that may know it. */
public final class SecretVariable {

    private SecretVariable() {}

    /** {@code CRUMB_SECRET_} and the secret's name in capitals, with '_' for everything else. */
    public static String of(String secret) {
        return "CRUMB_SECRET_" + secret.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
