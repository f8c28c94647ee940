package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption with AES-256-GCM: a secret has a key of its own for each value that it gets, and the master key
 * encrypts that key. Both are bound to the secret's workspace and name: put elsewhere, they open nothing.
 */
final class SecretCipher {

    Secret sealed(SecretName name, String value, MasterKey master, String author, Instant now) {
        byte[] own = Seal.drawn(MasterKey.BYTES);
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

    private static ByteBuffer encrypted(byte[] plain, SecretKey key, String what, SecretName name) {
        return ByteBuffer.wrap(Seal.closed(plain, key, place(what, name)));
    }

    private static byte[] decrypted(ByteBuffer sealed, SecretKey key, String what, SecretName name) {
        byte[] all = new byte[sealed.remaining()];
        sealed.duplicate().get(all);
        try {
            return Seal.opened(all, key, place(what, name));
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "secret '" + name.name() + "': expected what its key has encrypted, got another " + what);
        }
    }

    private static String place(String what, SecretName name) {
        return what + "\n" + name.key();
    }
}
