package io.breadcrumbs.local.kafka;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: a node that is broker and controller, tuned for two cores and little memory. */
final class BrokerProperties {

    private static final String CENTURY_MINUTES = "52560000";

    private BrokerProperties() {}

    static Properties of(Path logs, int port, Seat seat) {
        Properties all = new Properties();
        addresses(all, port, seat);
        copies(all, seat);
        quickness(all);
        memory(all);
        all.setProperty("log.dirs", logs.toString());
        all.setProperty("auto.create.topics.enable", "false");
        all.setProperty("num.partitions", "8");
        // Offsets outlive every topic's retention, or a group that slept would start anew.
        all.setProperty("offsets.retention.minutes", CENTURY_MINUTES);
        all.setProperty("log.message.timestamp.type", "LogAppendTime");
        return all;
    }

    private static void addresses(Properties all, int port, Seat seat) {
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", Integer.toString(seat.node()));
        all.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + seat.controllerPort());
        all.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.setProperty("controller.listener.names", "CONTROLLER");
        // A static quorum: a single controller's port may change from start to start.
        all.setProperty("controller.quorum.voters", seat.voters());
    }

    /** Topics of the catalogue say themselves how many copies they have; these are all others. */
    private static void copies(Properties all, Seat seat) {
        String replicas = Integer.toString(seat.replicas());
        String inSync = Integer.toString(seat.inSync());
        all.setProperty("default.replication.factor", replicas);
        all.setProperty("min.insync.replicas", inSync);
        all.setProperty("unclean.leader.election.enable", "false");
        all.setProperty("offsets.topic.replication.factor", replicas);
        all.setProperty("offsets.topic.num.partitions", "4");
        all.setProperty("transaction.state.log.replication.factor", replicas);
        all.setProperty("transaction.state.log.min.isr", inSync);
        all.setProperty("transaction.state.log.num.partitions", "4");
        all.setProperty("share.coordinator.state.topic.replication.factor", replicas);
        all.setProperty("share.coordinator.state.topic.min.isr", inSync);
        all.setProperty("share.coordinator.state.topic.num.partitions", "1");
        all.setProperty("num.replica.fetchers", "1");
    }

    private static void quickness(Properties all) {
        all.setProperty("group.initial.rebalance.delay.ms", "0");
        all.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        all.setProperty("controller.quorum.append.linger.ms", "0");
        all.setProperty("broker.heartbeat.interval.ms", "400");
        // After a kill the controller remembers the dead broker for this long, and refuses the new one meanwhile.
        all.setProperty("broker.session.timeout.ms", "2000");
        // A dead client's open transaction holds up read-committed readers until it is looked for.
        all.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A writer's next set waits for the marks of the one before, which take a millisecond or two and not 20.
        all.setProperty("add.partitions.to.txn.retry.backoff.ms", "2");
        all.setProperty("metadata.max.idle.interval.ms", "10000");
        all.setProperty("log.retention.check.interval.ms", "60000");
    }

    private static void memory(Properties all) {
        all.setProperty("num.network.threads", "2");
        all.setProperty("num.io.threads", "4");
        all.setProperty("background.threads", "2");
        all.setProperty("num.recovery.threads.per.data.dir", "2");
        all.setProperty("group.coordinator.threads", "1");
        all.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        all.setProperty("log.segment.bytes", Integer.toString(128 << 20));
        all.setProperty("log.index.size.max.bytes", Integer.toString(2 << 20));
        all.setProperty("offsets.topic.segment.bytes", Integer.toString(16 << 20));
        all.setProperty("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
        all.setProperty("metadata.log.segment.bytes", Integer.toString(16 << 20));
    }
}
