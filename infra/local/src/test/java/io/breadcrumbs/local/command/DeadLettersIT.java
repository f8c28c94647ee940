package io.breadcrumbs.local.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters by the command line, over a platform whose groups meet records that they cannot read. */
@Timeout(120)
class DeadLettersIT {

    private static final byte[] NONSENSE = {9, 9, 9};
    private static final BlockingQueue<String> BURIED = new LinkedBlockingQueue<>();

    @TempDir
    static Path data;

    private static Platform platform;
    private static Bus bus;

    private Way way = Way.OVER_HTTP;

    /** How the platform is reached. */
    enum Way {
        OVER_HTTP,
        OVER_THE_BROKERS
    }

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
        bus = KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "test")),
                Duration.ofSeconds(30));
        readAll(Catalogue.TOOL_REQUEST);
        readAll(Catalogue.TOOL_CANCEL);
        bus.tail(TailFrom.beginning(Catalogue.DEAD_LETTER), (letter, _, _) -> {
                    if (letter.value() != null) {
                        BURIED.add(letter.key());
                    }
                })
                .ready()
                .get(30, SECONDS);
    }

    private static <V extends SpecificRecord> void readAll(Topic<V> topic) {
        bus.subscribe(Group.of("readers-of-" + topic, topic), delivery -> {
            delivery.done();
            return true;
        });
    }

    @AfterEach
    void deleteAll() {
        crumb(ExitCode.OK, "delete", "--all");
    }

    @AfterAll
    static void stop() {
        bus.close();
        platform.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowWhatCannotBeRead(Way given) throws Exception {
        way = given;
        String id = poison("tool.request.v1", NONSENSE);

        JsonNode listed = json(crumb(ExitCode.OK, "list", "--json"));
        String table = crumb(ExitCode.OK, "list");
        String shown = crumb(ExitCode.OK, "show", id);

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("id").asText()).isEqualTo(id);
        assertThat(listed.get(0).path("code").asText()).isEqualTo("UNDECODABLE");
        assertThat(listed.get(0).path("valueBytes").asInt()).isEqualTo(3);
        assertThat(table).contains(id, "a zero byte and a schema id were expected in front");
        assertThat(shown.lines())
                .anyMatch(line -> line.matches("id +" + id))
                .anyMatch(line -> line.matches("reason +UNDECODABLE: a zero byte .*"))
                .anyMatch(line -> line.matches("record +tool.request.v1, partition \\d, offset \\d+"))
                .anyMatch(line -> line.matches("failed +20.*Z, on test-[0-9a-f]{8}, attempt 1"))
                .anyMatch(line -> line.matches("key +poison"))
                .anyMatch(line -> line.matches("header +note = by hand"))
                .anyMatch(line -> line.matches("header +bytes = 0xff"))
                .anyMatch(line -> line.matches("value +3 bytes, 090909"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldDecodeWhatIsOnlyInTheWrongPlace(Way given) throws Exception {
        way = given;
        Wire wire = Wire.over(new CachedSchemaRegistryClient(platform.state().registry(), 10));
        wire.prepare(Catalogue.TOOL_CANCEL);
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, "c", "default", "test", Instant.now()))
                .setReason("misplaced")
                .build();

        String id = poison("tool.request.v1", wire.encode(Catalogue.TOOL_CANCEL, cancel));

        assertThat(json(crumb(ExitCode.OK, "show", id, "--json"))
                        .at("/value/reason")
                        .asText())
                .isEqualTo("misplaced");
    }

    @ParameterizedTest
    @EnumSource
    void shouldPublishTheSameAgainAndThenForgetTheLetter(Way given) throws Exception {
        way = given;
        String first = poison("tool.request.v1", NONSENSE);

        String said = crumb(ExitCode.OK, "retry", first);

        String second = nextBuried();
        assertThat(said).contains(first + " is published again as " + second, "retried 1 letter");
        assertThat(second.split("@", -1)[0]).isEqualTo(first.split("@", -1)[0]);
        assertThat(ids()).containsExactly(second);
        ConsumerRecord<byte[], byte[]> again = read(second);
        assertThat(again.key()).asString(StandardCharsets.UTF_8).isEqualTo("poison");
        assertThat(again.value()).isEqualTo(NONSENSE);
        assertThat(names(again)).containsExactly("traceparent", "note", "bytes");
        assertThat(names(read(first))).containsExactly("origin", "seq", "traceparent", "note", "bytes");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepALetterWhoseBytesWereLeftOut(Way given) throws Exception {
        way = given;
        String id = poison("tool.request.v1", new byte[600_000]);
        String other = poison("tool.request.v1", NONSENSE);

        JsonNode result = json(crumb(ExitCode.FAILED, "retry", "--all", "--json"));

        assertThat(result.at("/failed/0/id").asText()).isEqualTo(id);
        assertThat(result.at("/failed/0/reason").asText()).contains("were left out; they stand at " + id);
        assertThat(result.at("/retried/0/id").asText()).isEqualTo(other);
        assertThat(ids()).containsExactlyInAnyOrder(id, nextBuried());
        assertThat(crumb(ExitCode.OK, "show", id)).contains("value     left out");
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeleteWhatIsMeant(Way given) throws Exception {
        way = given;
        String request = poison("tool.request.v1", NONSENSE);
        String oneCancel = poison("tool.cancel.v1", NONSENSE);
        String otherCancel = poison("tool.cancel.v1", NONSENSE);

        crumb(ExitCode.FAILED, "delete", oneCancel, "tool.cancel.v1-0@99");
        assertThat(ids()).containsExactlyInAnyOrder(request, oneCancel, otherCancel);
        assertThat(crumb(ExitCode.OK, "delete", oneCancel)).contains("deleted 1 letter");
        assertThat(ids()).containsExactlyInAnyOrder(request, otherCancel);
        assertThat(crumb(ExitCode.OK, "delete", "--all", "--topic", "tool.cancel.v1", "--json"))
                .isEqualToIgnoringNewLines("{\"deleted\":[\"" + otherCancel + "\"]}");
        assertThat(ids()).containsExactly(request);
        assertThat(crumb(ExitCode.OK, "delete", "--all")).contains("deleted 1 letter");
        assertThat(crumb(ExitCode.OK, "list")).isEqualToIgnoringNewLines("no dead letters");
        assertThat(crumb(ExitCode.FAILED, "show", request)).isEmpty();
    }

    /** Appends bytes that no group can read; the id of their letter, when it stands in the log. */
    private static String poison(String topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.state().kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, text("poison"), value);
            record.headers()
                    .add("origin", text("stranger"))
                    .add("seq", text("7"))
                    .add("traceparent", text("00-1"))
                    .add("note", text("by hand"))
                    .add("bytes", new byte[] {-1});
            RecordMetadata there = producer.send(record).get(30, SECONDS);
            String id = topic + "-" + there.partition() + "@" + there.offset();
            assertThat(nextBuried()).isEqualTo(id);
            return id;
        }
    }

    private static String nextBuried() throws InterruptedException {
        String id = BURIED.poll(30, SECONDS);
        assertThat(id).as("a dead letter").isNotNull();
        return id;
    }

    private static ConsumerRecord<byte[], byte[]> read(String id) {
        int dash = id.lastIndexOf('-');
        int at = id.lastIndexOf('@');
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", platform.state().kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition =
                    new TopicPartition(id.substring(0, dash), Integer.parseInt(id.substring(dash + 1, at)));
            consumer.assign(List.of(partition));
            consumer.seek(partition, Long.parseLong(id.substring(at + 1)));
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            while (read.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
            return read.getFirst();
        }
    }

    private static List<String> names(ConsumerRecord<byte[], byte[]> record) {
        List<String> names = new ArrayList<>();
        record.headers().forEach(header -> names.add(header.key()));
        return names;
    }

    private List<String> ids() throws Exception {
        return json(crumb(ExitCode.OK, "list", "--json")).findValuesAsText("id");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    /** What a command prints. */
    private String crumb(int expected, String... arguments) {
        List<String> line = new ArrayList<>(List.of("dlq"));
        line.addAll(List.of(arguments));
        line.add(way == Way.OVER_HTTP ? "--url=" + platform.state().url() : "--data=" + data.resolve("data"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CrumbCommand.run(
                Reader.nullReader(), new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
        assertThat(code).as("%s: %s", line, err).isEqualTo(expected);
        return out.toString();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
