package io.breadcrumbs.sdk.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that the keys of secrets are encrypted with.
 *
 * @param id that follows from the key and does not tell it
 */
public record MasterKey(String id, SecretKey key) {

    static final int BYTES = 32;
    private static final int ID_CHARS = 16;

    /** @throws VaultException if it is not the Base64 of 32 bytes */
    static MasterKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new VaultException("master key: expected Base64, got something else");
        }
        return of(bytes);
    }

    static MasterKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new VaultException("master key: expected " + BYTES + " bytes, got " + bytes.length);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("breadcrumbs master key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String id = HexFormat.of().formatHex(digest.digest(bytes)).substring(0, ID_CHARS);
            return new MasterKey(id, new SecretKeySpec(bytes, "AES"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "master key " + id;
    }
}
