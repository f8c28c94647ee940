package io.breadcrumbs.local.bench.http;

import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.local.bench.BareMeasures;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Rounds;
import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Measures the door of a platform that lives as long as the benchmark. */
final class HttpBench {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FILLED_AT_ONCE = 4_000;
    private static final int SAID_EVERY = 100_000;
    private static final int CLIENTS = 64;
    private static final Duration CREATING = Duration.ofSeconds(5);
    private static final String STEPS = """
            {"steps": [{"id": "a", "tool": "echo", "input": {"message": "a"}},
              {"id": "b", "tool": "echo", "input": {"message": "b"}},
              {"id": "c", "tool": "echo", "input": {"message": "{a.output.echo}{b.output.echo}"}}]}""";

    private final Plan plan;
    private final Consumer<String> progress;
    private final AtomicLong drawn = new AtomicLong();
    private final Map<String, CompletableFuture<RunStatus>> ends = new ConcurrentHashMap<>();

    /**
     * How much is measured.
     *
     * @param breadcrumbs that there are when they are listed and looked for
     * @param viewers of a hundred runs
     * @param rounds how long these take
     */
    record Plan(int breadcrumbs, int viewers, Duration rounds) {}

    /** What came of all that is measured while one platform runs. */
    private record Measured(Map<String, Samples> samples, HttpReport.Scale scale) {}

    /** @param progress takes a line whenever something has been going on for a while */
    HttpBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    HttpReport run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path folder = Files.createTempDirectory("crumb-bench-http");
        try {
            Measured measured;
            try (Platform platform = platform(folder)) {
                measured = measure(platform, folder);
            }
            progress.accept("starting the platform again");
            long begin = System.nanoTime();
            try (Platform _ = platform(folder)) {
                return new HttpReport(measured.samples(), measured.scale(), seconds(begin));
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static Platform platform(Path folder) {
        return Platform.start(PlatformSettings.anywhere(folder.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
    }

    private Measured measure(Platform platform, Path folder)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Broker broker = new Broker(platform.state().kafka(), platform.state().registry());
        BenchTopics.create(broker);
        String url = platform.state().url();
        Bus bus = platform.bus();
        progress.accept("creating " + plan.breadcrumbs() + " breadcrumbs");
        double filled = fill(bus);
        Map<String, Samples> samples;
        try (BareMeasures bare = new BareMeasures(broker);
                Connection asking = new Connection(url);
                Connection watching = new Connection(url);
                Tail tail = bus.tail(
                        TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(_ -> true, (batch, _, _) -> {
                            if (batch.entries().getLast().event() instanceof Event.Ended ended) {
                                end(batch.runId()).complete(ended.status());
                            }
                        }))) {
            tail.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Map<String, Measure> measures = new LinkedHashMap<>();
            measures.put("bare_ack", bare::acknowledged);
            measures.put("start", starts(asking));
            measures.put("start_busy", each(() -> started(asking)));
            measures.put("run_local", each(() -> local(bus)));
            measures.put("run", each(() -> watched(asking, watching)));
            measures.put("create", each(() -> asking.ask("POST", "/breadcrumbs", note(), 201)));
            measures.put("own", each(() -> seen(asking)));
            measures.put("list", each(() -> asking.ask("GET", "/breadcrumbs?tag=bench&limit=20", null, 200)));
            measures.put("search", each(() -> asking.ask("POST", "/breadcrumbs/search", search(), 200)));
            samples = new LinkedHashMap<>(new Rounds(plan.rounds(), progress).of(measures));
        }
        progress.accept(CLIENTS + " clients create breadcrumbs");
        double created = creating(url);
        progress.accept(plan.viewers() + " viewers");
        try (Watchers watchers = new Watchers(bus, url, plan.viewers())) {
            samples.put("event", watchers.measure());
        }
        progress.accept("reading all breadcrumbs into a new index");
        long events = events(bus);
        double anew = indexed(bus, folder.resolve("index"));
        return new Measured(samples, new HttpReport.Scale(events, plan.viewers(), filled, created, events / anew));
    }

    /** Each start when the run before it has ended. */
    private Measure starts(Connection asking) {
        return timed(() -> {
            long begin = System.nanoTime();
            String id = started(asking);
            long took = System.nanoTime() - begin;
            demandCompleted(id);
            return took;
        });
    }

    /** The id of a run that was started now. */
    private static String started(Connection asking) throws IOException {
        String answer = asking.ask("POST", "/api/invoke/async", STEPS, 200);
        int begin = answer.indexOf(":\"") + 2;
        return answer.substring(begin, answer.indexOf('"', begin));
    }

    /** Something that is done once, and over when it returns. */
    private interface Once {
        void act() throws IOException, InterruptedException, ExecutionException, TimeoutException;
    }

    /** The same, of which a part is measured. */
    private interface Timed {
        long nanos() throws IOException, InterruptedException, ExecutionException, TimeoutException;
    }

    private static Measure each(Once once) {
        return timed(() -> {
            long begin = System.nanoTime();
            once.act();
            return System.nanoTime() - begin;
        });
    }

    private static Measure timed(Timed timed) {
        return Rounds.onVirtualThread((samples, untilNanos) -> {
            try {
                while (System.nanoTime() < untilNanos) {
                    samples.add(timed.nanos());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String note() {
        long number = drawn.incrementAndGet();
        return String.format("""
            {"schema_name": "note.v1", "title": "Note %d", "tags": ["bench", "n%d"], "context": {"number": %d}}""", number, number % 1_000, number);
    }

    /** A breadcrumb is made, and found at once by a search. */
    private void seen(Connection asking) throws IOException {
        String tag = "own" + drawn.incrementAndGet();
        asking.ask("POST", "/breadcrumbs", "{\"schema_name\": \"note.v1\", \"tags\": [\"" + tag + "\"]}", 201);
        String found = asking.ask("GET", "/breadcrumbs?tag=" + tag, null, 200);
        if (!found.contains(tag)) {
            throw new IllegalStateException("what was created is not found by who created it: " + found);
        }
    }

    private String search() {
        return String.format("""
            {"selector": {"all_tags": ["n%d"], "context_match": [{"path": "number", "op": "gte", "value": 0}]},
             "text": "note", "limit": 20}""", drawn.get() % 1_000);
    }

    private void local(Bus bus) throws InterruptedException, ExecutionException, TimeoutException {
        String id = "local-" + drawn.incrementAndGet();
        new Runs(bus, "bench").start(Start.drawn(id, STEPS, "{}"));
        demandCompleted(id);
    }

    private CompletableFuture<RunStatus> end(String run) {
        return ends.computeIfAbsent(run, _ -> new CompletableFuture<>());
    }

    private void demandCompleted(String run) throws InterruptedException, ExecutionException, TimeoutException {
        RunStatus status = end(run).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ends.remove(run);
        if (status != RunStatus.COMPLETED) {
            throw new IllegalStateException("a run that is measured was not completed: " + status);
        }
    }

    /** A run, from its start until its stream has ended. */
    private static void watched(Connection asking, Connection watching) throws IOException {
        watching.open("/api/invoke/stream/" + started(asking));
        boolean completed = false;
        for (String line = watching.line(); line != null; line = watching.line()) {
            completed |= line.equals("event: workflow_complete");
        }
        if (!completed) {
            throw new IllegalStateException("the stream of a run that is measured ended without its completion");
        }
    }

    /** Breadcrumbs a second. */
    private double fill(Bus bus) throws InterruptedException {
        Semaphore window = new Semaphore(FILLED_AT_ONCE);
        long begin = System.nanoTime();
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus)) {
            for (int i = 0; i < plan.breadcrumbs(); i++) {
                window.acquire();
                long number = drawn.incrementAndGet();
                breadcrumbs
                        .ask(Change.create("note.v1")
                                .title("Note " + number)
                                .tags(List.of("bench", "n" + number % 1_000))
                                .context("{\"number\": " + number + "}"))
                        .whenComplete((_, _) -> window.release());
                if ((i + 1) % SAID_EVERY == 0) {
                    progress.accept((i + 1) + " created");
                }
            }
            window.acquire(FILLED_AT_ONCE);
        }
        return plan.breadcrumbs() / seconds(begin);
    }

    /** Breadcrumbs a second, each over HTTP. */
    private double creating(String url) throws IOException, InterruptedException {
        AtomicInteger count = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            connections.add(new Connection(url));
        }
        long begin = System.nanoTime();
        long until = begin + CREATING.toNanos();
        for (Connection connection : connections) {
            clients.add(Thread.startVirtualThread(() -> {
                try (connection) {
                    while (System.nanoTime() < until) {
                        connection.ask("POST", "/breadcrumbs", note(), 201);
                        count.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return count.get() / seconds(begin);
    }

    private static long events(Bus bus) throws InterruptedException, ExecutionException, TimeoutException {
        return bus.ends(Catalogue.BREADCRUMB_EVENT).get(PATIENCE.toSeconds(), TimeUnit.SECONDS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Seconds until a view that begins with nothing has read what is in the log. */
    private static double indexed(Bus bus, Path folder) throws IOException, InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        try (SystemTime time = new SystemTime("bench");
                BreadcrumbView view = new BreadcrumbView(bus, time, Thread::startVirtualThread, folder)) {
            BusMeasures.awaitOpen("the view has read all", PATIENCE, () -> view.missing() == null);
            return seconds(begin);
        }
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}
