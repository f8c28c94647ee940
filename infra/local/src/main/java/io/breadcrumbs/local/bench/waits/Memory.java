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

    private static final int SETTLES_AT_MOST = 30;

    /** So often in a row there is no less of it: on a full machine, what is under way rests now and then. */
    private static final int LOOKS = 4;

    /** Collects garbage first, until that leaves no less. */
    static Memory settled() throws IOException, InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        double heap = Double.MAX_VALUE;
        int same = 0;
        for (int i = 0; i < SETTLES_AT_MOST && same < LOOKS; i++) {
            memory.gc();
            double alive = memory.getHeapMemoryUsage().getUsed() / MB;
            same = alive > heap - 1 ? same + 1 : 0;
            heap = Math.min(heap, alive);
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
