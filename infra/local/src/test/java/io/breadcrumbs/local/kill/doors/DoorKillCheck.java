package io.breadcrumbs.local.kill.doors;

import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kills doors while callers start runs at them and watch these. The platform that decides and executes is this process,
 * which is never killed; two doors stand before it, of which one is killed after the other.
 */
public final class DoorKillCheck {

    private static final int DOORS = 2;
    private static final int CALLERS = 8;
    private static final int STEPS = 4;
    private static final int RUNS_BETWEEN = 20;

    private final Platform platform;
    private final Fleet doors;
    private final List<URI> addresses;
    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, List<RunStatus>> ends = new ConcurrentHashMap<>();
    private final AtomicInteger drawn = new AtomicInteger();
    private volatile boolean enough;

    private DoorKillCheck(Platform platform, Fleet doors, List<URI> addresses) {
        this.platform = platform;
        this.doors = doors;
        this.addresses = addresses;
    }

    /**
     * What came of it.
     *
     * @param runs that were answered as started, and watched to their end
     * @param streams that were opened for that
     */
    record Verdict(int runs, int streams, List<String> faults) {

        @Override
        public String toString() {
            return runs + " runs started and watched through " + streams + " streams, faults " + faults.size();
        }
    }

    /** The long form: prints the verdict, and ends with 1 if it is not good. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int kills = Integer.parseInt(arguments[0]);
        Verdict verdict = run(kills, Files.createDirectories(Path.of(arguments[1])));
        System.out.println(kills + " kills: " + verdict);
        verdict.faults().forEach(System.out::println);
        System.exit(verdict.faults().isEmpty() ? 0 : 1);
    }

    /** Runs the check on a platform of its own. */
    static Verdict run(int kills, Path folder) throws IOException, InterruptedException {
        List<Integer> ports = free(DOORS);
        List<URI> addresses = ports.stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
        try (Platform platform = Platform.start(
                        PlatformSettings.anywhere(folder.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow()) {
            try (Fleet doors = new Fleet(platform.state(), folder, DoorProcess.class)) {
                for (int port : ports) {
                    doors.start(
                            "door-" + port,
                            List.of(folder.resolve("door-" + port).toString(), "" + port));
                }
                return new DoorKillCheck(platform, doors, addresses).run(kills);
            }
        }
    }

    /** Ports that stay the same for a door that starts again. */
    private static List<Integer> free(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private Verdict run(int kills) throws InterruptedException, IOException {
        List<Thread> callers = new ArrayList<>();
        try (Tail _ = platform.bus()
                .tail(
                        TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                        new JournalReader(
                                _ -> true,
                                (batch, _, _) -> batch.entries().forEach(entry -> {
                                    if (entry.event() instanceof Event.Ended ended) {
                                        ends.computeIfAbsent(batch.runId(), _ -> new ArrayList<>())
                                                .add(ended.status());
                                    }
                                })))) {
            Patience.await("the doors are ready", () -> doors.living().stream().allMatch(Member::ready));
            for (int i = 0; i < CALLERS; i++) {
                callers.add(caller(i));
            }
            for (int kill = 0; kill < kills; kill++) {
                awaitMore();
                Member victim = doors.living().getFirst();
                doors.killAndRestart(List.of(victim));
                Patience.await("a door is back", () -> doors.living().stream().allMatch(Member::ready));
            }
            awaitMore();
            enough = true;
            Patience.await(
                    "all callers have seen the end", () -> callers.stream().noneMatch(Thread::isAlive));
            return verdict();
        } finally {
            enough = true;
            callers.forEach(Thread::interrupt);
        }
    }

    private void awaitMore() throws InterruptedException {
        int before = watched.size();
        Patience.await(
                "runs are started and watched", () -> watched.size() >= before + RUNS_BETWEEN || !faults.isEmpty());
    }

    private Thread caller(int number) {
        Caller caller = new Caller(addresses, number);
        return Thread.ofVirtual().start(() -> {
            try {
                while (!enough && faults.isEmpty()) {
                    Watched run = new Watched("run-" + drawn.incrementAndGet());
                    caller.start(body(run.id()));
                    caller.watch(run);
                    watched.add(run);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                faults.add(String.valueOf(e));
            }
        });
    }

    private static String body(String id) {
        String steps = IntStream.range(0, STEPS)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"timer\", \"input\": {\"seconds\": 0.2}"
                        + (i == 0 ? "}" : ", \"deps\": \"s" + (i - 1) + "\"}"))
                .collect(Collectors.joining(", ", "[", "]"));
        return "{\"threadId\": \"" + id + "\", \"steps\": " + steps + "}";
    }

    private Verdict verdict() {
        List<String> all = new ArrayList<>(faults);
        for (Watched run : watched) {
            all.addAll(run.faults(STEPS));
            List<RunStatus> ended = ends.getOrDefault(run.id(), List.of());
            if (!ended.equals(List.of(RunStatus.COMPLETED))) {
                all.add(run.id() + ": expected one end in the journal, completed, got " + ended);
            }
        }
        return new Verdict(
                watched.size(), watched.stream().mapToInt(Watched::streams).sum(), all);
    }
}
