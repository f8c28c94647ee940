package io.breadcrumbs.local.kafka;

import java.nio.file.Path;

/**
 * What a broker is started with.
 *
 * @param folder for its logs
 * @param port on 127.0.0.1; 0 takes a free one
 * @param portOption the command-line option that changes the port, for messages
 * @param seat its place among the brokers of its cluster
 */
public record BrokerSettings(Path folder, int port, String portOption, Seat seat) {

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
        }
    }

    /** A broker that is a cluster by itself. */
    public BrokerSettings(Path folder, int port, String portOption) {
        this(folder, port, portOption, Seat.alone());
    }

    /** A broker by itself on any free port. */
    public static BrokerSettings anywhere(Path folder) {
        return new BrokerSettings(folder, 0, "--kafka-port");
    }
}
