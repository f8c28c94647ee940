package io.breadcrumbs.api.webhooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The only place where signing secrets are drawn, hidden and found again. Hidden they may stand in a breadcrumb that
 * others read: AES-256-GCM, bound to what they belong to. Instances that share subscriptions share the key.
 */
public final class SigningSecrets {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String OWNER_ONLY = "rw-------";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

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
        byte[] drawn = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(drawn);
        Path begun = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(begun);
        Files.createFile(begun, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(begun, HexFormat.of().formatHex(drawn), StandardOpenOption.WRITE);
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
        byte[] drawn = new byte[KEY_BYTES];
        random.nextBytes(drawn);
        return "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    /** @param owner whoever it belongs to; found again only by the same name */
    String hidden(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(bytes(secret));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws IllegalArgumentException if nobody has hidden it under this key for this owner */
    String found(String hidden, String owner) {
        byte[] bytes = Base64.getDecoder().decode(hidden);
        if (bytes.length < NONCE_BYTES) {
            throw new IllegalArgumentException("expected a hidden secret, got " + bytes.length + " bytes");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), owner);
            byte[] secret = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a secret of " + owner + " under this key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bytes(owner));
        return cipher;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
