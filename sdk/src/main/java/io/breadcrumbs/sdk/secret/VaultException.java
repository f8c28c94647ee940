package io.breadcrumbs.sdk.secret;

/** A secret, or the key to it, cannot be read. Says which, and not what it is. */
public final class VaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    VaultException(String message) {
        super(message);
    }
}
