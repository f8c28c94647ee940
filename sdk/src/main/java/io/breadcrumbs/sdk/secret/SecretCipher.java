package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption with AES-256-GCM: a secret has a key of its own for each value that it gets, and the master key
 * encrypts that key. Both are bound to the secret's workspace and name: put elsewhere, they open nothing.
 */
final class SecretCipher {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();

    Secret sealed(SecretName name, String value, MasterKey master, String author, Instant now) {
        byte[] own = drawn(MasterKey.BYTES);
        return Secret.newBuilder()
                .setMeta(Metas.of(Catalogue.SECRET, name.key(), name.workspace(), author, now))
                .setName(name.name())
                .setMasterKey(master.id())
                .setWrappedKey(encrypted(own, master.key(), "key", name))
                .setCiphertext(
                        encrypted(value.getBytes(StandardCharsets.UTF_8), new SecretKeySpec(own, "AES"), "value", name))
                .build();
    }

    String opened(Secret secret, List<MasterKey> masters) {
        SecretName name = SecretName.of(secret);
        byte[] own = ownKey(secret, masters);
        byte[] value = decrypted(secret.getCiphertext(), new SecretKeySpec(own, "AES"), "value", name);
        return new String(value, StandardCharsets.UTF_8);
    }

    /** The same secret under the first of the master keys. */
    Secret rewrapped(Secret secret, List<MasterKey> masters) {
        MasterKey master = masters.getFirst();
        byte[] own = ownKey(secret, masters);
        return Secret.newBuilder(secret)
                .setMasterKey(master.id())
                .setWrappedKey(encrypted(own, master.key(), "key", SecretName.of(secret)))
                .build();
    }

    private static byte[] ownKey(Secret secret, List<MasterKey> masters) {
        SecretName name = SecretName.of(secret);
        MasterKey master = masters.stream()
                .filter(one -> one.id().equals(secret.getMasterKey()))
                .findAny()
                .orElseThrow(() -> new VaultException("secret '" + name.name() + "': expected master key "
                        + secret.getMasterKey() + ", got " + masters));
        return decrypted(secret.getWrappedKey(), master.key(), "key", name);
    }

    private ByteBuffer encrypted(byte[] plain, SecretKey key, String what, SecretName name) {
        try {
            byte[] nonce = drawn(NONCE_BYTES);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, what, name).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return ByteBuffer.wrap(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    private static byte[] decrypted(ByteBuffer sealed, SecretKey key, String what, SecretName name) {
        byte[] all = new byte[sealed.remaining()];
        sealed.duplicate().get(all);
        if (all.length <= NONCE_BYTES) {
            throw new VaultException("secret '" + name.name() + "': expected a record that is whole");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), what, name)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "secret '" + name.name() + "': expected what its key has encrypted, got another " + what);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String what, SecretName name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((what + "\n" + name.key()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] drawn(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }
}
