package io.breadcrumbs.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.sample.SampleRecords;
import io.breadcrumbs.schemas.wire.UndecodableException.Reason;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class WireTest {
    private final StrictRegistry registry = new StrictRegistry();
    private final Wire writer = Wire.over(registry);
    private final Wire reader = Wire.over(registry);
    private final ToolRequest request = SampleRecords.full(1).of(Catalogue.TOOL_REQUEST);

    private byte[] encoded() {
        writer.prepare(Catalogue.TOOL_REQUEST);
        return writer.encode(Catalogue.TOOL_REQUEST, request);
    }

    @Test
    void shouldRefuseToEncodeForATopicThatWasNotPrepared() {
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.encode(Catalogue.TOOL_REQUEST, request))
                .withMessage("topic tool.request.v1 was not prepared: call prepare at start");
    }

    @Test
    void shouldSayThatAFieldIsNullThatMustNotBe() {
        writer.prepare(Catalogue.TOOL_CANCEL);
        ToolCancel incomplete = new ToolCancel(request.getMeta(), null, null, 1L, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.encode(Catalogue.TOOL_CANCEL, incomplete))
                .withMessage("a record for tool.cancel.v1 has no reason: set it");
    }

    @Test
    void shouldEncodeTheNextRecordAfterAnIncompleteOne() throws Exception {
        writer.prepare(Catalogue.TOOL_CANCEL);
        ToolCancel incomplete = new ToolCancel(request.getMeta(), null, null, 1L, null);
        assertThatIllegalArgumentException().isThrownBy(() -> writer.encode(Catalogue.TOOL_CANCEL, incomplete));

        byte[] bytes = encoded();

        assertThat(writer.decode(Catalogue.TOOL_REQUEST, bytes)).isEqualTo(request);
    }

    @Test
    void shouldKnowItsOwnSchemas() {
        assertThat(writer.knows(encoded())).isTrue();
    }

    @Test
    void shouldDecodeAnotherProcessesRecordOnceItHasLearntItsSchema() throws Exception {
        byte[] bytes = encoded();
        assertThat(reader.knows(bytes)).isFalse();

        reader.learn(bytes);

        assertThat(reader.knows(bytes)).isTrue();
        assertThat(reader.decode(Catalogue.TOOL_REQUEST, bytes)).isEqualTo(request);
    }

    @Test
    void shouldAskTheRegistryOnceForEachSchema() {
        byte[] bytes = encoded();
        int before = registry.calls();

        reader.learn(bytes);
        reader.learn(bytes);

        assertThat(registry.calls()).isEqualTo(before + 1);
    }

    @Test
    void shouldNeverAskTheRegistryWhileItEncodesAndDecodes() throws Exception {
        byte[] bytes = encoded();
        int before = registry.calls();

        reader.knows(bytes);
        assertThat(Undecodable.reason(() -> reader.decode(Catalogue.TOOL_REQUEST, bytes)))
                .isEqualTo(Reason.UNKNOWN_SCHEMA);
        writer.decode(Catalogue.TOOL_REQUEST, writer.encode(Catalogue.TOOL_REQUEST, request));

        assertThat(registry.calls()).isEqualTo(before);
    }

    @Test
    void shouldSayThatTheRegistryHasNoSuchSchemaAndAskAgainForTheNextRecord() {
        byte[] bytes = encoded();
        WireHeader.write(4711, bytes);

        reader.learn(bytes);

        assertThat(reader.knows(bytes)).isTrue();
        assertThatThrownBy(() -> reader.decode(Catalogue.TOOL_REQUEST, bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the registry has no Avro schema (schema id 4711, " + bytes.length + " bytes)");
        assertThat(reader.knows(bytes)).isFalse();
    }

    @Test
    void shouldNotRememberMoreUnknownSchemasThanItsBound() {
        byte[] first = encoded();
        WireHeader.write(10_000, first);
        reader.learn(first);

        for (int id = 10_001; id <= 11_001; id++) {
            byte[] other = first.clone();
            WireHeader.write(id, other);
            reader.learn(other);
        }

        assertThat(reader.knows(first)).isFalse();
    }

    @Test
    void shouldSayThatBytesAreNotInWireFormat() {
        byte[] json = "{\"tool\": \"echo\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(reader.knows(json)).isTrue();
        assertThatThrownBy(() -> reader.decode(Catalogue.TOOL_REQUEST, json))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("a zero byte and a schema id were expected in front, came byte 123");
        assertThat(Undecodable.reason(() -> reader.decodeGeneric(new byte[3]))).isEqualTo(Reason.NO_WIRE_FORMAT);
    }

    @Test
    void shouldSayThatARecordIsOfAnotherType() {
        byte[] bytes = encoded();

        assertThatThrownBy(() -> writer.decode(Catalogue.TOOL_CANCEL, bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("topic tool.cancel.v1 carries io.breadcrumbs.schemas.ToolCancel, came"
                        + " io.breadcrumbs.schemas.ToolRequest (schema id ");
    }

    @Test
    void shouldSayThatBytesAreLeftOver() {
        byte[] bytes = encoded();

        assertThat(Undecodable.reason(
                        () -> writer.decode(Catalogue.TOOL_REQUEST, Arrays.copyOf(bytes, bytes.length + 1))))
                .isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void shouldAnswerAnyDamageWithAnUndecodableException() {
        byte[] bytes = encoded();
        for (int at = WireHeader.BYTES; at < bytes.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);

                assertThatDecodes(damaged);
            }
        }
    }

    private void assertThatDecodes(byte[] damaged) {
        try {
            assertThat(writer.decode(Catalogue.TOOL_REQUEST, damaged)).isNotNull();
        } catch (UndecodableException e) {
            assertThat(e.reason()).isIn(Reason.TRUNCATED, Reason.TRAILING_BYTES, Reason.MALFORMED);
        }
    }

    @Test
    void shouldFillFieldsThatAnOlderWriterDidNotHave() throws Exception {
        Schema older = schema("""
                {"type": "record", "name": "ToolCancel", "namespace": "io.breadcrumbs.schemas", "fields": [
                  {"name": "runId", "type": "string"},
                  {"name": "meta", "type": {"type": "record", "name": "Meta", "fields": [
                    {"name": "schemaName", "type": "string"}, {"name": "later", "type": "long"},
                    {"name": "id", "type": "string"}]}}]}""");
        byte[] bytes = foreign(older, encoder -> {
            encoder.writeString("run");
            encoder.writeString("tool.cancel.v1");
            encoder.writeLong(7);
            encoder.writeString("id");
        });

        ToolCancel cancel = reader.decode(Catalogue.TOOL_CANCEL, bytes);

        assertThat(cancel.getRunId()).isEqualTo("run");
        assertThat(cancel.getMeta().getId()).isEqualTo("id");
        assertThat(cancel.getMeta().getVersion()).isEqualTo(1);
        assertThat(cancel.getJournalSequence()).isEqualTo(-1);
        assertThat(reader.decodeGeneric(bytes).getSchema()).isEqualTo(older);
    }

    @Test
    void shouldSayThatAWritersSchemaCannotBeRead() throws Exception {
        Schema foreign = schema("""
                {"type": "record", "name": "ToolCancel", "namespace": "io.breadcrumbs.schemas", "fields": [
                  {"name": "meta", "type": "long"}]}""");
        byte[] bytes = foreign(foreign, encoder -> encoder.writeLong(7));

        assertThat(Undecodable.reason(() -> reader.decode(Catalogue.TOOL_CANCEL, bytes)))
                .isEqualTo(Reason.INCOMPATIBLE);
    }

    @Test
    void shouldSayThatASchemaIsNoRecord() throws Exception {
        byte[] bytes = foreign(schema("\"string\""), encoder -> encoder.writeString("text"));

        assertThat(Undecodable.reason(() -> reader.decode(Catalogue.TOOL_CANCEL, bytes)))
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(Undecodable.reason(() -> reader.decodeGeneric(bytes))).isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        writer.prepare(Catalogue.TOOL_REQUEST);
        List<ToolRequest> requests = IntStream.range(0, 2_000)
                .mapToObj(seed -> SampleRecords.random(seed).of(Catalogue.TOOL_REQUEST))
                .toList();
        List<Callable<ToolRequest>> turns = requests.stream()
                .<Callable<ToolRequest>>map(
                        one -> () -> writer.decode(Catalogue.TOOL_REQUEST, writer.encode(Catalogue.TOOL_REQUEST, one)))
                .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ToolRequest>> results = threads.invokeAll(turns);

            assertThat(results).extracting(Future::resultNow).isEqualTo(requests);
        }
    }

    private byte[] foreign(Schema schema, ForeignWriter body) throws Exception {
        int id = registry.register("foreign", new AvroSchema(schema));
        ArrayEncoder encoder = new ArrayEncoder();
        encoder.begin(id);
        body.write(encoder);
        byte[] bytes = encoder.result();
        reader.learn(bytes);
        return bytes;
    }

    /** Writes the body of a record as a client with another schema does. */
    private interface ForeignWriter {
        void write(ArrayEncoder encoder);
    }

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }
}
