package io.breadcrumbs.local.runs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.DeadLetters;
import io.breadcrumbs.sdk.operate.Letter;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that no engine can take in, on all topics that engines read: none of them stops one, and each is shown. */
@Timeout(180)
class PoisonIT {

    private static final byte[] NONSENSE = {9, 9, 9};
    private static final String SUM = "[{\"tool\": \"calculator\", \"input\": {\"expression\": \"1 + 1\"}}]";

    @TempDir
    Path data;

    private Platform platform() {
        return Platform.start(PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
    }

    @Test
    void shouldPassOverWhatNobodyCanReadAndShowItOnce() throws Exception {
        List<String> poison = new ArrayList<>();
        try (Platform first = platform()) {
            poison.add(append(first, Catalogue.WORKFLOW_COMMAND, NONSENSE));
            poison.add(append(first, Catalogue.TOOL_RESPONSE, NONSENSE));
            poison.add(append(first, Catalogue.WORKFLOW_EVENT, NONSENSE));
            poison.add(append(first, Catalogue.WORKFLOW_COMMAND, withoutARun(first)));
            awaitLetters(first, poison);

            assertThat(run(first, "one")).contains("1 + 1");
        }

        try (Platform second = platform()) { // it takes over what the first one had
            assertThat(run(second, "two")).contains("1 + 1");
            poison.add(append(second, Catalogue.TOOL_RESPONSE, NONSENSE));
            awaitLetters(second, poison.subList(4, 5));

            assertThat(letters(second))
                    .extracting(Letter::id)
                    .as("each once, though two have read them")
                    .containsExactlyInAnyOrderElementsOf(poison);
            assertThat(letters(second))
                    .extracting(letter -> letter.about().getMessage())
                    .anyMatch(why -> why.contains("a zero byte and a schema id were expected"))
                    .anyMatch(why -> why.contains("expected a run id"));
        }
    }

    /** All of them in one partition: that of these runs. */
    private static String append(Platform platform, Topic<?> topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.state().kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] key = "poison".getBytes(StandardCharsets.UTF_8);
            RecordMetadata there = producer.send(new ProducerRecord<>(topic.name(), key, value))
                    .get(30, SECONDS);
            return there.topic() + "-" + there.partition() + "@" + there.offset();
        }
    }

    /** A command that can be read, and that no run can be meant by. */
    private static byte[] withoutARun(Platform platform) {
        Wire wire = Wire.over(new CachedSchemaRegistryClient(platform.state().registry(), 10));
        wire.prepare(Catalogue.WORKFLOW_COMMAND);
        return wire.encode(
                Catalogue.WORKFLOW_COMMAND,
                WorkflowCommand.newBuilder()
                        .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, "c", "default", "test", Instant.now()))
                        .setCommandId("c")
                        .setRunId("")
                        .build());
    }

    private static Bus bus(Platform platform) throws InterruptedException {
        return KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "test")),
                Duration.ofSeconds(30));
    }

    private static void awaitLetters(Platform platform, List<String> ids) throws Exception {
        BlockingQueue<String> buried = new LinkedBlockingQueue<>();
        List<String> missing = new ArrayList<>(ids);
        try (Bus bus = bus(platform)) {
            bus.tail(TailFrom.beginning(Catalogue.DEAD_LETTER), (letter, _, _) -> {
                DeadLetter value = letter.value();
                if (value != null) {
                    buried.add(letter.key());
                }
            });
            while (!missing.isEmpty()) {
                String next = buried.poll(60, SECONDS);
                assertThat(next).as("letters for %s", missing).isNotNull();
                missing.remove(next);
            }
        }
    }

    private static List<Letter> letters(Platform platform) {
        try (Brokers brokers = KafkaBrokers.of(
                BusSettings.of(platform.state().kafka(), platform.state().registry(), "test"))) {
            return new DeadLetters(brokers).list();
        }
    }

    /** Starts a run beside the poison, and says what it has come to. */
    private static String run(Platform platform, String prefix) throws Exception {
        String id = prefix;
        try (Bus bus = bus(platform)) {
            int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, "poison");
            for (int i = 0; bus.partition(Catalogue.WORKFLOW_COMMAND, id) != partition; i++) {
                id = prefix + i;
            }
        }
        StringWriter out = new StringWriter();
        int code = CrumbCommand.run(
                new StringReader(SUM),
                new PrintWriter(out),
                new PrintWriter(out),
                "run",
                "start",
                "-",
                "--id",
                id,
                "--wait",
                "--url=" + platform.state().url());
        assertThat(code).as(out.toString()).isEqualTo(ExitCode.OK);
        return out.toString();
    }
}
