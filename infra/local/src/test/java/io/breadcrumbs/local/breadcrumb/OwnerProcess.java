package io.breadcrumbs.local.breadcrumb;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that owns breadcrumbs. It ends in order when its standard input ends. */
public final class OwnerProcess {

    private OwnerProcess() {}

    /** Arguments: bootstrap servers, registry URL. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        try (Bus bus = KafkaBus.connect(BusSettings.of(arguments[0], arguments[1], "owner"));
                SystemTime time = new SystemTime("owner");
                Ownership _ = new Ownership(bus, time, Thread::startVirtualThread)) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    static Process start(String kafka, String registry, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                kafka,
                registry);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
