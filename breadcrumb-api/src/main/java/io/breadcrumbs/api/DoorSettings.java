package io.breadcrumbs.api;

/**
 * Where the door listens, and what it says about the platform behind it.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 * @param instance id of this start
 * @param version of the platform
 */
public record DoorSettings(int port, String kafka, String registry, String instance, String version) {

    public DoorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
        }
    }
}
