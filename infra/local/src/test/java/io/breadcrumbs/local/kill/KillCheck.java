package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Kills processes under load and compares what was acknowledged with what was handled.
 *
 * <p>Requests come from this process, which is never killed, and from one of the two that are: that one handles part of
 * its own requests on the eager lane, and dies as publisher and handler at once. The other only handles. They are
 * killed in turn, when everybody has partitions and work and all partitions are committed again; every third time both
 * at once, while the group still changes after the kill before.
 */
public final class KillCheck {

    private static final int PER_SECOND = 400;
    private static final int WARM = 100;
    private static final int CHANGING = 1_000;
    private static final String GROUP = "kill";
    private static final String RUNNER = "runner";
    private static final String BOTH = "both";

    private final PlatformState platform;
    private final Fleet fleet;
    private final Set<String> acknowledgedHere = ConcurrentHashMap.newKeySet();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    private KillCheck(PlatformState platform, Fleet fleet) {
        this.platform = platform;
        this.fleet = fleet;
    }

    /** The long form: prints the verdict, and ends with 1 if it is not good. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int kills = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        long began = System.nanoTime();
        Verdict verdict = run(kills, folder);
        long tookSeconds = (System.nanoTime() - began) / 1_000_000_000;
        System.out.println(kills + " kills in " + tookSeconds + " s: " + verdict);
        verdict.faults().forEach(System.out::println);
        System.exit(verdict.faults().isEmpty() ? 0 : 1);
    }

    /** Runs the check on a platform of its own. */
    static Verdict run(int kills, Path folder) throws IOException, InterruptedException {
        try (Platform platform = Platform.start(PlatformSettings.anywhere(folder.resolve("data")), _ -> {})
                        .orThrow();
                Fleet fleet = new Fleet(platform.state(), folder, EchoProcess.class)) {
            return new KillCheck(platform.state(), fleet).run(kills);
        }
    }

    private Verdict run(int kills) throws IOException, InterruptedException {
        fleet.start(RUNNER, List.of(GROUP, "0"));
        fleet.start(BOTH, List.of(GROUP, Integer.toString(PER_SECOND)));
        try (Bus bus = KafkaBus.connect(BusSettings.of(platform.kafka(), platform.registry(), "outside"))) {
            KafkaBus.awaitReady(bus, Patience.LONG);
            bus.tail(
                    new TailFrom<>(Catalogue.TOOL_RESPONSE, beginning()),
                    (breadcrumb, _, _) -> answered.add(breadcrumb.body().getRequestId()));
            try (Load _ =
                    Load.start(bus, PER_SECOND, new Load.Requests("outside", Echo::asked), acknowledgedHere::add)) {
                for (int kill = 1; kill <= kills; kill++) {
                    if (kill % 3 != 0) {
                        awaitWork();
                        awaitCommits();
                    } else {
                        awaitChange();
                    }
                    fleet.killAndRestart(victims(kill));
                }
                awaitWork();
            }
            fleet.stop(fleet.living(BOTH));
            Set<String> acknowledged = acknowledged();
            Patience.waited(() -> answered.containsAll(acknowledged)); // if not, the verdict says what was lost
            fleet.stop(fleet.living(RUNNER));
            return Verdict.of(acknowledged, answered, fleet.members());
        }
    }

    private List<Member> victims(int kill) {
        return switch (kill % 3) {
            case 0 -> fleet.living();
            case 1 -> List.of(fleet.living(BOTH));
            default -> List.of(fleet.living(RUNNER));
        };
    }

    private void awaitWork() throws InterruptedException {
        Patience.await(
                "everybody works", () -> fleet.living().stream().allMatch(member -> member.handledLately() >= WARM));
    }

    /** Waits until the last process that was started is about to join: the group changes, and survivors work on. */
    private void awaitChange() throws InterruptedException {
        Patience.await(
                "the last one is there",
                () -> fleet.living().stream()
                        .noneMatch(member -> member.trail().notes().isEmpty()));
        Patience.await(
                "somebody works", () -> fleet.living().stream().anyMatch(member -> member.handledLately() >= CHANGING));
    }

    /** Waits until every partition's committed offset has moved: the group is at rest. */
    private void awaitCommits() throws InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", platform.kafka()))) {
            Map<TopicPartition, Long> before = committed(admin);
            Patience.await("every partition is committed", () -> {
                Map<TopicPartition, Long> now = committed(admin);
                return now.size() == TopicAdmin.Settings.DEFAULT_PARTITIONS
                        && now.entrySet().stream().allMatch(at -> at.getValue() > before.getOrDefault(at.getKey(), 0L));
            });
        }
    }

    private static Map<TopicPartition, Long> committed(Admin admin) {
        return admin
                .listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, at -> at.getValue().offset()));
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

    private static Map<Integer, Long> beginning() {
        return IntStream.range(0, TopicAdmin.Settings.DEFAULT_PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(partition -> partition, _ -> TailFrom.BEGINNING));
    }
}
