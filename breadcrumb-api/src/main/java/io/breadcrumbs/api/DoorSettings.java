package io.breadcrumbs.api;

import io.breadcrumbs.api.security.Loopback;
import io.breadcrumbs.api.security.SecuritySettings;

/**
 * Where the door listens, who may come in, and what it says about the platform behind it.
 *
 * @param host that it listens on
 * @param port of the host; 0 takes a free one
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 * @param instance id of this start
 * @param version of the platform
 * @param security off only on this machine
 */
public record DoorSettings(
        String host,
        int port,
        String kafka,
        String registry,
        String instance,
        String version,
        SecuritySettings security) {

    private static final String HERE = "127.0.0.1";

    public DoorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
        }
        if (!security.on() && !Loopback.isName(host)) {
            throw new IllegalArgumentException("security: expected it on where others than this machine can reach the"
                    + " door, got it off on " + host + ": listen on " + HERE + ", or switch it on");
        }
    }

    /** Of a door on this machine, at which callers must say who they are. */
    public DoorSettings(int port, String kafka, String registry, String instance, String version) {
        this(HERE, port, kafka, registry, instance, version, SecuritySettings.ON);
    }

    public DoorSettings withSecurity(SecuritySettings other) {
        return new DoorSettings(host, port, kafka, registry, instance, version, other);
    }
}
