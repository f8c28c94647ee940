package io.breadcrumbs.sdk.access;

import io.breadcrumbs.sdk.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner has it: {@code bck_<id>_<secret>}. Its secret is drawn from 256 random bits, so that a plain
 * digest of it tells nobody anything.
 *
 * @param text the whole key; in no record, log or message
 */
record KeyText(String id, String text) {

    private static final Pattern FORM = Pattern.compile("bck_([0-9a-f]{16})_[0-9a-f]{64}");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    static KeyText drawn(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String named = HexFormat.of().formatHex(id);
        return new KeyText(named, "bck_" + named + "_" + HexFormat.of().formatHex(secret));
    }

    /** Empty if it is no key. */
    static Optional<KeyText> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), text)) : Optional.empty();
    }

    String hash() {
        return HexFormat.of().formatHex(Digests.sha256(text));
    }

    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "bck_" + id + "_...";
    }
}
