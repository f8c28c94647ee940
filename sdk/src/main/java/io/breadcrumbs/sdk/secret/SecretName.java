package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import java.util.regex.Pattern;

/** Which secret is meant. */
public record SecretName(String workspace, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public SecretName {
        if (workspace.isBlank() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("secret: expected a workspace, and a name of 1 to 100 letters, digits,"
                    + " '_', '.' or '-', got '" + workspace + "' and '" + name + "'");
        }
    }

    static SecretName of(Secret secret) {
        return new SecretName(secret.getMeta().getWorkspace(), secret.getName());
    }

    /** Of the record; no two have the same, since a name has no blank in it. */
    String key() {
        return workspace + " / " + name;
    }
}
