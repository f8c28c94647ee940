package io.breadcrumbs.local.kill.runners;

import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Load;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kills runners under load and judges what became of every request.
 *
 * <p>Two runners have a pool of their own each, and one pool both. Requests come from this process, which is never
 * killed, to all pools, and from the runners to their own, so that a runner dies as requester and executor at once.
 * They are killed in turn while all pools are worked on; every third time the survivor, while the group still changes
 * after the kill before; every fifth time both at once.
 */
public final class RunnerKillCheck {

    private static final List<String> ONE = List.of("kill-a", "kill-shared");
    private static final List<String> OTHER = List.of("kill-b", "kill-shared");
    private static final List<String> ALL = List.of("kill-a", "kill-b", "kill-shared");
    private static final int PER_SECOND = 100;
    private static final int WARM = 100;
    private static final int CHANGING = 150;
    private static final Duration ANSWERED_WITHIN = Duration.ofHours(1);

    private final PlatformState platform;
    private final Fleet fleet;
    private final Set<String> acknowledgedHere = ConcurrentHashMap.newKeySet();
    private final AnswersSeen answers = new AnswersSeen();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    private RunnerKillCheck(PlatformState platform, Fleet fleet) {
        this.platform = platform;
        this.fleet = fleet;
    }

    /** The long form: prints the verdict, and ends with 1 if it is not good. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int kills = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        long began = System.nanoTime();
        RunnerVerdict verdict = run(kills, folder);
        long tookSeconds = (System.nanoTime() - began) / 1_000_000_000;
        System.out.println(kills + " kills in " + tookSeconds + " s: " + verdict);
        verdict.faults().forEach(System.out::println);
        System.exit(verdict.faults().isEmpty() ? 0 : 1);
    }

    /** Runs the check on a platform of its own. */
    static RunnerVerdict run(int kills, Path folder) throws IOException, InterruptedException {
        try (Platform platform = Platform.start(PlatformSettings.anywhere(folder.resolve("data")), _ -> {})
                        .orThrow();
                Fleet fleet = new Fleet(platform.state(), folder, RunnerProcess.class)) {
            return new RunnerKillCheck(platform.state(), fleet).run(kills);
        }
    }

    private RunnerVerdict run(int kills) throws IOException, InterruptedException {
        createTopics();
        start("one", ONE);
        start("other", OTHER);
        try (Bus bus = KafkaBus.connect(BusSettings.of(platform.kafka(), platform.registry(), "outside"))) {
            KafkaBus.awaitReady(bus, Patience.LONG);
            bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), answers);
            Load.Requests requests = KillTools.requests("outside", ALL);
            try (Load _ = Load.start(
                    bus,
                    PER_SECOND,
                    new Load.Requests(
                            requests.name(),
                            id -> awaited(bus, id, requests.of().apply(id))),
                    acknowledgedHere::add)) {
                for (int kill = 1; kill <= kills; kill++) {
                    if (kill % 3 == 0) {
                        awaitChange();
                    } else {
                        awaitWork();
                    }
                    fleet.killAndRestart(victims(kill));
                }
                awaitWork();
            }
            return verdict();
        }
    }

    private Draft<ToolRequest> awaited(Bus bus, String id, Draft<ToolRequest> request) {
        calls.add(bus.await(id, ANSWERED_WITHIN));
        return request;
    }

    private RunnerVerdict verdict() throws IOException, InterruptedException {
        Set<String> acknowledged = acknowledged();
        Patience.waited(() -> answers.has(acknowledged)); // if not, the verdict says what has no answer
        for (Member member : new ArrayList<>(fleet.living())) {
            fleet.stop(member);
        }
        acknowledged.addAll(acknowledged());
        Patience.waited(() -> answers.has(acknowledged) && told(acknowledged));
        RunnerVerdict verdict = new RunnerVerdict(acknowledged, answers.all(), fleet.members());
        for (Call call : calls) {
            List<AnswersSeen.Answer> seen = answers.all().getOrDefault(call.requestId(), List.of());
            ToolResponse told = call.answered().getNow(null);
            if (told != null && !seen.isEmpty() && !told.equals(seen.getFirst().response())) {
                verdict.told(call.requestId(), "an answer that is not the first one");
            } else if (told == null && !seen.isEmpty()) {
                verdict.told(call.requestId(), "nothing");
            }
        }
        return verdict;
    }

    private boolean told(Set<String> acknowledged) {
        return calls.stream()
                .filter(call -> acknowledged.contains(call.requestId()))
                .allMatch(call -> call.answered().isDone());
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", platform.kafka()))) {
            new TopicAdmin(admin, TopicAdmin.Settings.oneBroker())
                    .create(ALL.stream().map(Catalogue::toolRequest).toList());
        }
    }

    private void start(String role, List<String> pools) throws IOException {
        List<String> own = new ArrayList<>(List.of(Integer.toString(PER_SECOND)));
        own.addAll(pools);
        fleet.start(role, own);
    }

    private List<Member> victims(int kill) {
        if (kill % 5 == 0) {
            return fleet.living();
        }
        return List.of(fleet.living(kill % 2 == 0 ? "other" : "one"));
    }

    private void awaitWork() throws InterruptedException {
        Patience.await(
                "everybody works", () -> fleet.living().stream().allMatch(member -> member.handledLately() >= WARM));
    }

    /** Waits until the last process that was started is about to join: the groups change, and the survivor works on. */
    private void awaitChange() throws InterruptedException {
        Patience.await(
                "somebody works", () -> fleet.living().stream().anyMatch(member -> member.handledLately() >= CHANGING));
    }

    private Set<String> acknowledged() {
        Set<String> all = new HashSet<>(acknowledgedHere);
        for (Member member : fleet.members()) {
            member.trail().notes().stream()
                    .filter(note -> note.kind() == Kind.ACKNOWLEDGED)
                    .forEach(note -> all.add(note.id()));
        }
        return all;
    }
}
