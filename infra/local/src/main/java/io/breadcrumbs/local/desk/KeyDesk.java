package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.access.KeyLine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys by which callers of the door are known. */
public interface KeyDesk {

    /**
     * A key that was made.
     *
     * @param key shown once
     */
    record Made(String id, String key, String workspace) {

        @Override
        public String toString() {
            return "key " + id;
        }
    }

    /**
     * Makes one.
     *
     * @param name of who has it
     * @param holds how long; null: until it is revoked
     */
    Made make(String name, List<String> roles, @Nullable Duration holds) throws InterruptedException;

    /** Those that there are, revoked ones too, the oldest first. */
    List<KeyLine> all() throws InterruptedException;

    /** Ends one for good; ends the command if there is none. */
    void revoke(String id) throws InterruptedException;
}
