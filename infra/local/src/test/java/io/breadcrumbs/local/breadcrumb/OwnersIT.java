package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners of breadcrumbs over the broker that {@code ./crumb up} starts. */
@Timeout(240)
class OwnersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static Platform platform;
    private static Bus bus;
    private static Breadcrumbs breadcrumbs;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
        bus = connect("client");
        breadcrumbs = new Breadcrumbs(bus, PATIENCE);
    }

    @AfterAll
    static void stop() {
        breadcrumbs.close();
        bus.close();
        platform.close();
    }

    private static Bus connect(String name) throws InterruptedException {
        return KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), name)),
                PATIENCE);
    }

    /** A member of the owners' group, with a bus of its own. */
    private record Member(Bus bus, SystemTime time, Ownership ownership) implements AutoCloseable {

        static Member join(String name) throws InterruptedException {
            Bus bus = connect(name);
            SystemTime time = new SystemTime(name);
            return new Member(bus, time, new Ownership(bus, time, Thread::startVirtualThread));
        }

        @Override
        public void close() {
            ownership.close();
            bus.close();
            time.close();
        }
    }

    private static Answer answer(CompletableFuture<Answer> asked) throws Exception {
        return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Answer.Done done(Change change) throws Exception {
        Answer answer = answer(breadcrumbs.ask(change));
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return (Answer.Done) answer;
    }

    @Test
    void shouldAnswerChangesWithWhatWasDecided() throws Exception {
        try (Member _ = Member.join("a");
                Member _ = Member.join("b")) {
            Answer.Done created = done(Change.create("note.v1")
                    .title("Milk")
                    .context("{\"litres\":2}")
                    .key("k-1"));
            Answer.Done again = done(Change.create("note.v1").title("Milk").key("k-1"));
            Answer.Done merged =
                    done(Change.merge(created.id()).context("{\"litres\":3}").base(1));
            Answer late = answer(
                    breadcrumbs.ask(Change.patch(created.id()).title("Beer").base(1)));
            Answer.Done deleted = done(Change.delete(created.id()));

            assertThat(again).extracting(Answer.Done::id, Answer.Done::repeated).containsExactly(created.id(), true);
            assertThat(merged.version()).isEqualTo(2);
            assertThat(late)
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.VERSION));
            assertThat(deleted.kind()).isEqualTo(BreadcrumbEventKind.DELETED);
        }
    }

    @Test
    void shouldLetOneOfManyConcurrentPatchesWinWhileOwnersComeAndGo() throws Exception {
        try (Member first = Member.join("a")) {
            String id = done(Change.create("counter.v1")).id();
            List<Member> others = new ArrayList<>();
            for (int round = 1; round <= 30; round++) {
                int base = round;
                List<CompletableFuture<Answer>> asked = java.util.stream.IntStream.range(0, 10)
                        .mapToObj(
                                i -> breadcrumbs.ask(Change.patch(id).base(base).context("{\"by\":" + i + "}")))
                        .toList();
                if (round % 10 == 0) {
                    others.add(Member.join("other-" + round));
                } else if (round == 25) {
                    others.removeFirst().close();
                }
                int won = 0;
                for (CompletableFuture<Answer> one : asked) {
                    won += answer(one) instanceof Answer.Done ? 1 : 0;
                }
                assertThat(won).as("patches of version %d that won", base).isEqualTo(1);
            }
            others.forEach(Member::close);
            assertThat(first.ownership().partitions()).isNotNull();
        }
        History.of(bus).check();
    }

    @Test
    void shouldTakeOverFromAZombieWithAnOpenTransaction() throws Exception {
        String id = "zombies";
        int partition = bus.partition(Catalogue.BREADCRUMB, id);
        try (KafkaProducer<byte[], byte[]> zombie = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        platform.state().kafka(),
                        "transactional.id",
                        "breadcrumb-owner-" + partition,
                        "transaction.timeout.ms",
                        60_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            zombie.initTransactions();
            zombie.beginTransaction();
            byte[] garbage = "not what anybody may read".getBytes(StandardCharsets.UTF_8);
            zombie.send(new ProducerRecord<>(
                            Catalogue.BREADCRUMB.name(), partition, id.getBytes(StandardCharsets.UTF_8), garbage))
                    .get();

            try (Member _ = Member.join("a")) {
                Answer.Done created = done(Change.create("note.v1").id(id));

                assertThat(created.version()).isEqualTo(1);
                org.assertj.core.api.Assertions.assertThatThrownBy(zombie::commitTransaction)
                        .isInstanceOfAny(
                                ProducerFencedException.class,
                                org.apache.kafka.common.errors.InvalidProducerEpochException.class);
            }
        }
    }

    @Test
    void shouldLoseNothingWhenOwnersAreKilled() throws Exception {
        String kafka = platform.state().kafka();
        String registry = platform.state().registry();
        Process victim = OwnerProcess.start(kafka, registry, data.resolve("victim.log"));
        try (Member _ = Member.join("heir")) {
            done(Change.create("warm.v1"));
            Set<String> asked = new HashSet<>();
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                String id = "kill-" + i % 50;
                Change change = i < 50
                        ? Change.create("note.v1").id(id)
                        : Change.merge(id).context("{\"n" + i + "\":" + i + "}");
                asked.add("command-" + i);
                answers.add(breadcrumbs.ask(change, "command-" + i));
                if (i % 20 == 0) {
                    answer(answers.get(i)); // so that it lasts a while, and many sets are written
                }
                if (i == 1_000) {
                    victim.destroyForcibly();
                }
            }
            for (CompletableFuture<Answer> one : answers) {
                assertThat(answer(one)).isInstanceOf(Answer.Done.class);
            }
            History history = History.of(bus);
            history.check();
            assertThat(history.decided()).containsAll(asked);
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }
}
