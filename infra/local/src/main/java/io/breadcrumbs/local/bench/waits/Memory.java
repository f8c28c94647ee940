package io.breadcrumbs.local.bench.waits;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** Collects garbage first. */
    static Memory now() throws IOException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        double heap = memory.getHeapMemoryUsage().getUsed() / MB;
        if (!Files.exists(STATUS)) {
            return new Memory(heap, 0);
        }
        double resident = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        return new Memory(heap, resident / 1024);
    }
}
