package io.breadcrumbs.schemas.catalogue;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long the records of a topic are kept. */
public enum Retention {
    /** As long as runs are: what a run's owner may have to read again. */
    RUNS(Duration.ofDays(30)),
    /** Days: as long as a request may wait for a runner. */
    REQUESTS(Duration.ofDays(7)),
    /** History that people look into. */
    HISTORY(Duration.ofDays(365)),
    /** Output that is only of interest while somebody watches. */
    WATCHING(Duration.ofHours(1)),
    /** Weeks: until somebody has looked at it. */
    ATTENTION(Duration.ofDays(28)),
    /** The latest record of each key, until a tombstone ends it; never by time. */
    LATEST(null);

    private final @Nullable Duration time;

    Retention(@Nullable Duration time) {
        this.time = time;
    }

    /** How long; empty when the topic is compacted instead. */
    public Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    public boolean compacted() {
        return time == null;
    }
}
