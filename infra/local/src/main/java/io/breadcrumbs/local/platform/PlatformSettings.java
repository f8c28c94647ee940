package io.breadcrumbs.local.platform;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a platform is started with; a port of 0 takes a free one.
 *
 * @param port of the HTTP door
 * @param data folder
 * @param fresh whether the data folder is emptied first
 * @param pools whose tools the platform executes itself; none: there is no runner in it
 * @param commands that subprocess tools may run
 */
public record PlatformSettings(
        int port, int kafkaPort, int registryPort, Path data, boolean fresh, Set<String> pools, Set<Path> commands) {

    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_KAFKA_PORT = 9092;
    public static final int DEFAULT_REGISTRY_PORT = 8081;

    public static final int HIGHEST_PORT = 65_535;

    public PlatformSettings {
        check("port", port);
        check("kafkaPort", kafkaPort);
        check("registryPort", registryPort);
        pools = Set.copyOf(pools);
        commands = Set.copyOf(commands);
    }

    /** On any free ports and without a runner, for tests. */
    public static PlatformSettings anywhere(Path data) {
        return new PlatformSettings(0, 0, 0, data, false, Set.of(), Set.of());
    }

    public PlatformSettings withPools(Set<String> other) {
        return new PlatformSettings(port, kafkaPort, registryPort, data, fresh, other, commands);
    }

    private static void check(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(name + ": expected 0 to " + HIGHEST_PORT + ", got " + port);
        }
    }
}
