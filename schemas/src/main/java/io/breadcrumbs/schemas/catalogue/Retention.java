package io.breadcrumbs.schemas.catalogue;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long the records of a topic are kept. */
public enum Retention {
    /** As long as runs are: what a run's owner may have to read again. */
    RUNS(Duration.ofDays(30), false),
    /** Days: as long as a request may wait for a runner. */
    REQUESTS(Duration.ofDays(7), false),
    /** History that people look into. */
    HISTORY(Duration.ofDays(365), false),
    /** Output that is only of interest while somebody watches. */
    WATCHING(Duration.ofHours(1), false),
    /** Weeks: until somebody has looked at it; a tombstone says that somebody has. */
    ATTENTION(Duration.ofDays(28), true),
    /** The latest record of each key, until a tombstone ends it; never by time. */
    LATEST(null, true);

    private final @Nullable Duration time;
    private final boolean compacted;

    Retention(@Nullable Duration time, boolean compacted) {
        this.time = time;
        this.compacted = compacted;
    }

    /** How long; empty when only a newer record of the same key ends one. */
    public Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    /** Whether a record ends when a newer one has its key; such a topic takes tombstones. */
    public boolean compacted() {
        return compacted;
    }
}
