package io.breadcrumbs.local.bench.http;

import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many who watch some runs, and how soon after the journal each of their sockets has an event. */
final class Watchers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int RUNS = 100;
    private static final int SIGNALS_EACH = 10;
    private static final int SIGNALS_A_SECOND = 100;
    private static final String RUN = "watched-";

    private final Bus bus;
    private final String url;
    private final int viewers;
    private final Samples late = new Samples();
    /** When an event was read from the journal, by run and number. */
    private final Map<String, Long> decided = new ConcurrentHashMap<>();

    private final List<Connection> connections = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    Watchers(Bus bus, String url, int viewers) {
        this.bus = bus;
        this.url = url;
        this.viewers = viewers;
    }

    /** Signals the runs while all watch. */
    Samples measure() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String steps = IntStream.range(0, SIGNALS_EACH)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"wait\": {\"signal\": \"go\"}"
                        + (i == 0 ? "}" : ", \"deps\": \"s" + (i - 1) + "\"}"))
                .collect(Collectors.joining(",", "[", "]"));
        Runs runs = new Runs(bus, "bench");
        try (Tail watched = bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                new JournalReader(id -> id.startsWith(RUN), (batch, _, _) -> {
                    long now = System.nanoTime();
                    for (int i = 0; i < batch.entries().size(); i++) {
                        decided.put(batch.runId() + "/" + (batch.sequence() + i), now);
                    }
                }))) {
            watched.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < RUNS; i++) {
                runs.start(Start.drawn(RUN + i, steps, "{}")).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            BusMeasures.awaitOpen("runs wait", PATIENCE, () -> decided.size() >= 2 * RUNS);
            for (int i = 0; i < viewers; i++) {
                watch(RUN + i % RUNS);
            }
            BusMeasures.awaitOpen("viewers are connected", PATIENCE, () -> connected.get() == viewers);
            signal(runs);
            BusMeasures.awaitOpen("all streams have ended", PATIENCE, () -> ended.get() == viewers);
        }
        return late;
    }

    private void signal(Runs runs) throws InterruptedException, ExecutionException, TimeoutException {
        long next = System.nanoTime();
        for (int i = 0; i < RUNS * SIGNALS_EACH; i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            next += TimeUnit.SECONDS.toNanos(1) / SIGNALS_A_SECOND;
            runs.signal(RUN + i % RUNS, "go", null, "{}").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void watch(String run) throws IOException {
        Connection connection = new Connection(url);
        connections.add(connection);
        connection.open("/api/invoke/stream/" + run);
        Thread.startVirtualThread(() -> {
            try {
                read(run, connection);
            } catch (IOException e) {
                // what is missing is seen by the count
            }
        });
    }

    private void read(String run, Connection connection) throws IOException {
        String id = "";
        boolean live = false;
        for (String line = connection.line(); line != null; line = connection.line()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
                live = !id.equals("1"); // that one was there before
            } else if (line.startsWith("data: ")) {
                Long at = decided.get(run + "/" + id);
                if (id.equals("1")) {
                    connected.incrementAndGet();
                } else if (live && at != null) {
                    late.add(System.nanoTime() - at);
                }
            }
        }
        ended.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
