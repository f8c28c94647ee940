package io.breadcrumbs.local.bench.waits;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What this process holds, in megabytes.
 *
 * @param heap what is alive in it
 * @param resident what the operating system counts, stores outside of the heap included; 0 where it does not say
 */
record Memory(double heap, double resident) {

    private static final double MB = 1 << 20;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    /** What a burst of work has left under way is alive for some seconds. */
    private static final Duration SETTLES = Duration.ofSeconds(1);

    private static final int SETTLES_AT_MOST = 20;

    /** Collects garbage first, until there is no less than a moment ago. */
    static Memory settled() throws IOException, InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        double heap = Double.MAX_VALUE;
        for (int i = 0; i < SETTLES_AT_MOST; i++) {
            memory.gc();
            double alive = memory.getHeapMemoryUsage().getUsed() / MB;
            if (alive > heap - 1) {
                break;
            }
            heap = alive;
            Thread.sleep(SETTLES);
        }
        return new Memory(heap, residentMb());
    }

    private static double residentMb() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        double kb = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        return kb / 1024;
    }
}
