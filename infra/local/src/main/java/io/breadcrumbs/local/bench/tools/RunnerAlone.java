package io.breadcrumbs.local.bench.tools;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Echo;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** What a runner itself costs: one that is handed requests, and whose answers cost nothing. */
final class RunnerAlone {

    private static final int CALLS = 40_000;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 100;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final Partition PARTITION = new Partition(BenchTopics.TOOL_REQUESTS.name(), 0);

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Nowhere nowhere = new Nowhere();
    private final Semaphore room = new Semaphore(AT_ONCE);

    /**
     * What a call costs all threads of this process.
     *
     * @param micros of processor time
     * @param bytes that are allocated
     */
    record Cost(double micros, double bytes) implements Comparable<Cost> {

        @Override
        public int compareTo(Cost other) {
            return Double.compare(micros, other.micros);
        }
    }

    /** The median of some rounds. Takes a few seconds. */
    Cost measure() throws InterruptedException {
        BenchTools tools = new BenchTools();
        List<Cost> costs = new ArrayList<>();
        try (SystemTime time = new SystemTime("bench alone");
                Runner runner = RunnerMeasures.runner(nowhere, time, tools)) {
            runner.joined().join();
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                Cost cost = round(round);
                if (round >= WARM_UP_ROUNDS) {
                    costs.add(cost);
                }
            }
        }
        return costs.stream().sorted().toList().get(ROUNDS / 2);
    }

    private Cost round(int round) throws InterruptedException {
        List<ToolRequest> requests = new ArrayList<>(CALLS);
        for (int i = 0; i < CALLS; i++) {
            String id = "alone-" + round + "-" + i;
            requests.add(ToolRequest.newBuilder()
                    .setMeta(Metas.of(BenchTopics.TOOL_REQUESTS, id, "bench"))
                    .setRequestId(id)
                    .setTool(BenchTools.ECHO)
                    .setInput(Echo.INPUT)
                    .build());
        }
        long computed = machine.getProcessCpuTime();
        long allocated = threads.getTotalThreadAllocatedBytes();
        for (ToolRequest request : requests) {
            room.acquire();
            Handed handed = new Handed(
                    new Breadcrumb<>(
                            BenchTopics.TOOL_REQUESTS, PARTITION, request.getRequestId(), request, Headers.NONE),
                    room);
            if (!nowhere.receiver().offer(handed)) {
                throw new IllegalStateException("a runner with room refuses " + request.getRequestId());
            }
        }
        room.acquire(AT_ONCE);
        room.release(AT_ONCE);
        return new Cost(
                (machine.getProcessCpuTime() - computed) / NANOS_PER_MICRO / CALLS,
                (double) (threads.getTotalThreadAllocatedBytes() - allocated) / CALLS);
    }

    private record Handed(Breadcrumb<ToolRequest> breadcrumb, Semaphore room) implements Delivery<ToolRequest> {

        @Override
        public Lane lane() {
            return Lane.EAGER;
        }

        @Override
        public CompletableFuture<Position> durable() {
            return CompletableFuture.completedFuture(new Position(PARTITION, 0));
        }

        @Override
        public void done() {
            room.release();
        }

        @Override
        public void giveBack() {
            room.release();
        }
    }
}
