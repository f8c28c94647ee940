package io.breadcrumbs.local.bench;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform that is measured: a running one, or one that lives as long as the benchmark.
 *
 * @param where it is, for people
 * @param own its process, if it was started for this
 */
public record Subject(Broker broker, String where, @Nullable CompanionProcess own) implements AutoCloseable {

    /**
     * Finds the platform, or starts one on an empty folder.
     *
     * @param running null starts one
     */
    public static Subject of(@Nullable Broker running, Consumer<String> progress) throws IOException {
        if (running != null) {
            return new Subject(running, "platform: the running one at " + running.kafka() + ", another process", null);
        }
        progress.accept("starting a platform in a process of its own");
        CompanionProcess platform = CompanionProcess.start(Companion.PLATFORM);
        String[] addresses = platform.said().split(" ", -1);
        return new Subject(
                new Broker(addresses[0], addresses[1]),
                "platform: started for this on an empty folder, another process on this machine",
                platform);
    }

    @Override
    public void close() {
        CompanionProcess process = own;
        if (process != null) {
            process.close();
        }
    }
}
