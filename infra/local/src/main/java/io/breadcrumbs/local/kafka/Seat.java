package io.breadcrumbs.local.kafka;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * A broker's place in its cluster, in which every broker is a controller too.
 *
 * @param node the broker's number, from 1 on
 * @param controllers the ports of all controllers on 127.0.0.1, in the order of their nodes; the same at every start
 *     where there are several
 * @param cluster id of the cluster, the same for all its brokers: 16 bytes in Kafka's Base64
 */
public record Seat(int node, List<Integer> controllers, String cluster) {

    private static final int MOST_REPLICAS = 3;

    public Seat {
        controllers = List.copyOf(controllers);
        if (node < 1 || node > controllers.size()) {
            throw new IllegalArgumentException("node: expected 1 to " + controllers.size() + ", got " + node);
        }
    }

    /** The only broker, whose controller's port may change from start to start. */
    static Seat alone() {
        return new Seat(1, List.of(Ports.choose(0)), Uuid.randomUuid().toString());
    }

    int controllerPort() {
        return controllers.get(node - 1);
    }

    /** What Kafka calls a static quorum. */
    String voters() {
        return IntStream.range(0, controllers.size())
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllers.get(i))
                .collect(Collectors.joining(","));
    }

    /** How many brokers keep each record. */
    int replicas() {
        return Math.min(controllers.size(), MOST_REPLICAS);
    }

    /** How many brokers must have a record before it is acknowledged: one of three may be away. */
    int inSync() {
        return Math.max(1, replicas() - 1);
    }
}
