package io.breadcrumbs.sdk.egress;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request whose time is over or whose sender is stopped: closes what the sender blocks on. Guarded by its
 * monitor; nothing that it closes blocks.
 */
final class Ending implements Closeable {

    private @Nullable Closeable blocking;
    private boolean ended;
    private boolean expired;

    /** The sender blocks on this next, and no longer on what it blocked on before. */
    void blocksOn(Closeable next) throws IOException {
        synchronized (this) {
            if (!ended) {
                blocking = next;
                return;
            }
        }
        next.close();
        throw new IOException("ended");
    }

    /** Its time is over. */
    void expire() {
        end(true);
    }

    /** Nobody waits for it any more. */
    @Override
    public void close() {
        end(false);
    }

    private void end(boolean late) {
        Closeable last;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            expired = late;
            last = blocking;
            blocking = null;
        }
        if (last != null) {
            try {
                last.close();
            } catch (IOException e) {
                // it is closed all the same
            }
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized boolean isExpired() {
        return expired;
    }
}
