package io.breadcrumbs.engine;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.sdk.Group;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an engine.
 *
 * @param name of the engine's group: engines of one name share the partitions
 * @param state where rows are kept; all of them can be made again from the log
 * @param threads that fold the log
 * @param copies of its rows
 * @param keeping how much of runs is kept in memory, and how long they are kept after their end
 * @param security Kafka client settings for TLS and SASL
 */
public record EngineSettings(
        String bootstrapServers,
        String registryUrl,
        String name,
        Path state,
        int threads,
        Copies copies,
        Keeping keeping,
        Map<String, String> security) {

    private static final int RUNS_AT_HAND = 500;

    public EngineSettings {
        security = Map.copyOf(security);
    }

    /**
     * The same, but that runs are kept so long after their end where their workflow does not say so; null: for ever.
     */
    public EngineSettings keeping(@Nullable Duration ended) {
        return new EngineSettings(
                bootstrapServers, registryUrl, name, state, threads, copies, keeping.ended(ended), security);
    }

    public EngineSettings withCopies(Copies other) {
        return new EngineSettings(bootstrapServers, registryUrl, name, state, threads, other, keeping, security);
    }

    /** An engine on one broker, with the defaults for everything else. */
    public static EngineSettings of(String bootstrapServers, String registryUrl, Path state) {
        return new EngineSettings(
                bootstrapServers,
                registryUrl,
                Group.ENGINES,
                state,
                1,
                Copies.ONE_BROKER,
                Keeping.of(RUNS_AT_HAND),
                Map.of());
    }
}
