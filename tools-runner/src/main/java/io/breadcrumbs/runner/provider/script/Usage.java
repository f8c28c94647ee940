package io.breadcrumbs.runner.provider.script;

import com.sun.management.ThreadMXBean;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has used since it began one run, as the virtual machine counts it for each thread of the platform.
 * Begun by the worker, read by any thread.
 */
final class Usage {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** Who has allocated less cannot be why the heap is full. */
    private static final long HARMLESS_BYTES = 16L << 20;

    private final Heap heap;
    private volatile @Nullable Start start;

    private record Start(long thread, long cpuNanos, long allocatedBytes, long collections) {}

    Usage(Heap heap) {
        this.heap = heap;
    }

    /** The current thread begins. */
    void begin() {
        long thread = Thread.currentThread().threadId();
        start = new Start(
                thread, THREADS.getThreadCpuTime(thread), THREADS.getThreadAllocatedBytes(thread), heap.collections());
    }

    /** What was used beyond the allowance; null if nothing was. */
    @Nullable
    ToolFailure beyond(Allowance allowance) {
        Start since = start;
        if (since == null) {
            return null;
        }
        Duration cpu = Duration.ofNanos(THREADS.getThreadCpuTime(since.thread) - since.cpuNanos);
        if (cpu.compareTo(allowance.cpu()) > 0) {
            return ToolFailure.limit(
                    "CPU_LIMIT",
                    "expected a script that computes for up to "
                            + allowance.cpu().toMillis() + " ms, got one that computes longer");
        }
        long allocated = THREADS.getThreadAllocatedBytes(since.thread) - since.allocatedBytes;
        if (allocated > allowance.memoryBytes()) {
            return ToolFailure.limit(
                    "MEMORY_LIMIT",
                    "expected a script that allocates up to " + allowance.memoryBytes()
                            + " bytes in all, got one that allocates more");
        }
        if (allocated > HARMLESS_BYTES && heap.collections() > since.collections && heap.isFull()) {
            return ToolFailure.of(
                    ErrorKind.CAPACITY,
                    "MEMORY",
                    "the runner is short of memory, and this script had allocated " + allocated + " bytes");
        }
        return null;
    }
}
