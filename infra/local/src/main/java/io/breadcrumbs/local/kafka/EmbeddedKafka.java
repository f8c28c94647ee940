package io.breadcrumbs.local.kafka;

import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller in this JVM, reached on 127.0.0.1 only. Its data survives restarts and kills: what it
 * acknowledged is in the page cache, so that only a power cut can lose it.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Formats the folder if it is new, and starts; returns when clients can connect. */
    public static Opened<EmbeddedKafka> start(BrokerSettings settings) {
        if (settings.port() != 0 && !Ports.free(settings.port())) {
            return new Opened.Refused<>(new Fault.PortTaken("Kafka", settings.port(), settings.portOption()));
        }
        int port = Ports.choose(settings.port());
        Properties properties = BrokerProperties.of(settings.folder(), port, settings.seat());
        try {
            Fault fault = format(settings.folder(), settings.seat());
            if (fault != null) {
                return new Opened.Refused<>(fault);
            }
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return new Opened.Running<>(new EmbeddedKafka(server, port));
        } catch (IOException e) {
            return new Opened.Refused<>(new Fault.FolderNotWritable(settings.folder(), String.valueOf(e)));
        } catch (RuntimeException e) {
            return new Opened.Refused<>(new Fault.NotStarted("Kafka", String.valueOf(e)));
        }
    }

    /** What clients are given as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static @Nullable Fault format(Path folder, Seat seat) throws IOException {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return FormattedFolder.check(folder, seat.node());
        }
        Files.createDirectories(folder);
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(seat.cluster())
                .setNodeId(seat.node())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setFeatureLevel(KRaftVersion.FEATURE_NAME, KRaftVersion.KRAFT_VERSION_0.featureLevel())
                .setHasDynamicQuorum(false);
        try {
            formatter.run();
            return null;
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            return new Fault.NotStarted("Kafka", "cannot format " + folder + ": " + e);
        }
    }
}
