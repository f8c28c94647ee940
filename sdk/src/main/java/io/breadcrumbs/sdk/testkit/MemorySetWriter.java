package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes sets into a memory cluster: each all at once, or not at all if somebody else has taken the name meanwhile. */
final class MemorySetWriter implements SetWriter {

    private static final long SHORT_MICROS = 20;
    private static final long HOP_MICROS = 800;

    private final MemoryProcess process;
    private final MemoryCluster cluster;
    private final SeededScheduler scheduler;
    private final String name;
    private int number;

    MemorySetWriter(MemoryProcess process, MemoryCluster cluster, String name) {
        this.process = process;
        this.cluster = cluster;
        this.scheduler = cluster.scheduler();
        this.name = name;
    }

    @Override
    public CompletableFuture<Void> open() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        scheduler.between(SHORT_MICROS, HOP_MICROS, () -> {
            int taken = cluster.newWriter(name);
            soon(() -> {
                number = taken;
                opened.complete(null);
            });
        });
        return opened;
    }

    @Override
    public CompletableFuture<Written> write(List<LogRecord> records) {
        CompletableFuture<Written> written = new CompletableFuture<>();
        Faults faults = cluster.faults();
        boolean lost = scheduler.chance(faults.lost());
        boolean unknown = lost || scheduler.chance(faults.executedButUnknown());
        int writer = number;
        if (unknown) {
            scheduler.after(
                    faults.timeoutMicros(),
                    () -> process.run(() -> written.complete(new Written.Unknown("timed out"))));
        }
        if (!lost) {
            scheduler.between(
                    SHORT_MICROS,
                    HOP_MICROS,
                    () -> arrive(writer, records, unknown ? new CompletableFuture<>() : written));
        }
        return written;
    }

    private void arrive(int writer, List<LogRecord> records, CompletableFuture<Written> written) {
        if (!process.alive() && scheduler.chance(0.5)) {
            return; // it died before this was sent
        }
        if (!cluster.isLastWriter(name, writer)) {
            soon(() -> written.complete(new Written.Fenced(name + " is somebody else's")));
            return;
        }
        List<Position> positions = new ArrayList<>();
        for (LogRecord record : records) {
            Fetched executed = cluster.execute(record);
            positions.add(executed.position());
        }
        soon(() -> written.complete(new Written.Whole(positions)));
    }

    private void soon(Runnable act) {
        scheduler.between(SHORT_MICROS, HOP_MICROS, () -> process.run(act));
    }

    @Override
    public void close() {
        number = 0; // nobody has that one
    }
}
