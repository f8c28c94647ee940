package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.sdk.secret.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * The only place where signing secrets are drawn, hidden and found again. Hidden they may stand in a breadcrumb that
 * others read: AES-256-GCM, bound to what they belong to. Instances that share subscriptions share the key.
 */
public final class SigningSecrets {

    private static final int KEY_BYTES = 32;
    private static final String OWNER_ONLY = "rw-------";

    private final SecretKeySpec key;

    SigningSecrets(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key: expected " + KEY_BYTES + " bytes, got " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** With the key in a file, in hexadecimal; draws one if there is no file. */
    public static SigningSecrets of(Path file) throws IOException {
        if (!Files.exists(file)) {
            draw(file);
        }
        try {
            return new SigningSecrets(
                    HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected 64 hexadecimal digits, got something else", e);
        }
    }

    private static void draw(Path file) throws IOException {
        Path begun = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(begun);
        Files.createFile(begun, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(begun, HexFormat.of().formatHex(Seal.drawn(KEY_BYTES)), StandardOpenOption.WRITE);
        try {
            Files.createLink(file, begun); // never over a key that somebody else has just drawn
        } catch (FileAlreadyExistsException e) {
            // that one counts
        } finally {
            Files.delete(begun);
        }
    }

    /** A new secret, as it is shown once. */
    String draw() {
        return "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Seal.drawn(KEY_BYTES));
    }

    /** @param owner whoever it belongs to; found again only by the same name */
    String hidden(String secret, String owner) {
        return Base64.getEncoder().encodeToString(Seal.closed(secret.getBytes(StandardCharsets.UTF_8), key, owner));
    }

    /** @throws IllegalArgumentException if nobody has hidden it under this key for this owner */
    String found(String hidden, String owner) {
        try {
            return new String(Seal.opened(Base64.getDecoder().decode(hidden), key, owner), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a secret of " + owner + " under this key", e);
        }
    }
}
