package io.breadcrumbs.runner.provider.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * The end of what a subprocess and its descendants write to standard error. It reads only what has come, so that nobody
 * waits for a descendant that holds the stream open; whoever writes more than a look finds room for waits for the next.
 */
final class Complaints {

    private static final int KEPT = 16 << 10;
    private static final int TOLD = 2_000;

    private final InputStream stream;
    private byte[] end = new byte[0];

    Complaints(InputStream stream) {
        this.stream = stream;
    }

    /** Takes what has come since the last look. */
    void look() throws IOException {
        byte[] come = stream.readNBytes(stream.available());
        if (come.length > 0) {
            byte[] all = Arrays.copyOf(end, end.length + come.length);
            System.arraycopy(come, 0, all, end.length, come.length);
            end = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
        }
    }

    /** The last of it, without these secrets. */
    String last(Collection<String> secrets) {
        String all = new String(end, StandardCharsets.UTF_8);
        for (String secret : secrets) {
            all = secret.isBlank() ? all : all.replace(secret, "…");
        }
        return all.substring(Math.max(0, all.length() - TOLD)).strip();
    }
}
