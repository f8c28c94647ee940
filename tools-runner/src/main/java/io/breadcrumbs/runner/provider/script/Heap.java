package io.breadcrumbs.runner.provider.script;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/** The memory that scripts share with everything else in this virtual machine. */
interface Heap {

    /** How often all of it has been collected so far. */
    long collections();

    /** Whether the last of these collections left hardly any room. */
    boolean isFull();

    static Heap ofMachine() {
        // Thresholds are for where objects stay: those where they come and go may be full at any time.
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .toList();
        List<String> names = pools.stream().map(MemoryPoolMXBean::getName).toList();
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> names.stream().anyMatch(List.of(collector.getMemoryPoolNames())::contains))
                .toList();
        return new OfMachine(pools, collectors);
    }

    /** As the virtual machine tells it. */
    record OfMachine(List<MemoryPoolMXBean> pools, List<GarbageCollectorMXBean> collectors) implements Heap {

        private static final double FULL = 0.85;

        @Override
        public long collections() {
            return collectors.stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }

        @Override
        public boolean isFull() {
            return pools.stream().anyMatch(pool -> {
                MemoryUsage left = pool.getCollectionUsage();
                return left != null && left.getMax() > 0 && left.getUsed() > FULL * left.getMax();
            });
        }
    }
}
