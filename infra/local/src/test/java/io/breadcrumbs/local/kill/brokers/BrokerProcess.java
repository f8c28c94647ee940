package io.breadcrumbs.local.kill.brokers;

import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kafka.Seat;
import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A broker of a cluster. It ends in order when its standard input ends. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** Arguments: id of the cluster, ports of all controllers, trail file, name, folder, node, port. */
    public static void main(String... arguments) throws IOException {
        List<Integer> controllers =
                Stream.of(arguments[1].split(",", -1)).map(Integer::valueOf).toList();
        Seat seat = new Seat(Integer.parseInt(arguments[5]), controllers, arguments[0]);
        BrokerSettings settings =
                new BrokerSettings(Path.of(arguments[4]), Integer.parseInt(arguments[6]), "--kafka-port", seat);
        try (Trail trail = new Trail(Path.of(arguments[2]));
                EmbeddedKafka _ = EmbeddedKafka.start(settings).orThrow()) {
            trail.note(Kind.READY, arguments[3]);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
