package io.breadcrumbs.schemas.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka of one node in this JVM, with settings that a careless operator may have left as they were. */
final class OneBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final Admin admin;

    private OneBroker(KafkaRaftServer server, Admin admin) {
        this.server = server;
        this.admin = admin;
    }

    static OneBroker start(Path folder) throws Exception {
        format(folder);
        int port = freePort();
        int controller = freePort();
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(
                        Map.of(
                                "process.roles",
                                "broker,controller",
                                "node.id",
                                "1",
                                "listeners",
                                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                                "controller.listener.names",
                                "CONTROLLER",
                                "listener.security.protocol.map",
                                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "controller.quorum.voters",
                                "1@127.0.0.1:" + controller,
                                "log.cleaner.dedupe.buffer.size",
                                String.valueOf(4 << 20),
                                "log.dirs",
                                folder.toString()),
                        false),
                Time.SYSTEM);
        server.startup();
        return new OneBroker(server, Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port)));
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close();
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setFeatureLevel(KRaftVersion.FEATURE_NAME, KRaftVersion.KRAFT_VERSION_0.featureLevel())
                .setHasDynamicQuorum(false)
                .run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
