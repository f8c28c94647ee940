package io.breadcrumbs.engine;

import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of an engine.
 *
 * @param name of the engine's group: engines of one name share the partitions
 * @param state where rows are kept; all of them can be made again from the log
 * @param threads that fold the log
 * @param standbys how many other engines keep a warm copy of each partition's rows
 * @param runsAtHand so many runs a partition keeps in memory; the others are made from the rows when they are needed
 * @param security Kafka client settings for TLS and SASL
 */
public record EngineSettings(
        String bootstrapServers,
        String registryUrl,
        String name,
        Path state,
        int threads,
        int standbys,
        int runsAtHand,
        Map<String, String> security) {

    public EngineSettings {
        security = Map.copyOf(security);
    }

    /** One engine, with the defaults for everything else. */
    public static EngineSettings of(String bootstrapServers, String registryUrl, Path state) {
        return new EngineSettings(bootstrapServers, registryUrl, "workflow-engine", state, 1, 0, 2_000, Map.of());
    }
}
