package io.breadcrumbs.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.sample.SampleRecords;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every record type, whatever its values. */
class RoundTripTest {
    private static final int RECORDS = 200;

    private final Wire wire = Wire.over(new MockSchemaRegistryClient());

    static List<Topic<?>> topics() {
        return Catalogue.topics();
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void shouldGiveBackWhatWasEncoded(Topic<V> topic) throws Exception {
        wire.prepare(topic);
        SampleRecords samples = SampleRecords.random(1);
        for (int i = 0; i < RECORDS; i++) {
            V record = samples.of(topic);

            V decoded = wire.decode(topic, wire.encode(topic, record));

            assertThat(decoded).isEqualTo(record).hasSameHashCodeAs(record);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void shouldWriteTheBytesThatAvroWrites(Topic<V> topic) throws Exception {
        wire.prepare(topic);
        SampleRecords samples = SampleRecords.random(2);
        for (int i = 0; i < RECORDS; i++) {
            V record = samples.of(topic);

            byte[] encoded = wire.encode(topic, record);

            assertThat(Arrays.copyOfRange(encoded, WireHeader.BYTES, encoded.length))
                    .isEqualTo(avro(topic, record));
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void shouldShowTheSameRecordToThoseWhoLookIntoTopics(Topic<V> topic) throws Exception {
        wire.prepare(topic);
        SampleRecords samples = SampleRecords.random(3);
        for (int i = 0; i < RECORDS; i++) {
            V record = samples.of(topic);

            GenericRecord seen = wire.decodeGeneric(wire.encode(topic, record));

            assertThat(GenericData.get().compare(seen, record, topic.schema())).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void shouldSayThatEveryShortenedRecordIsUndecodable(Topic<V> topic) {
        wire.prepare(topic);
        byte[] encoded = wire.encode(topic, SampleRecords.full(4).of(topic));
        for (int length = 0; length < encoded.length; length++) {
            byte[] shortened = Arrays.copyOf(encoded, length);

            assertThat(Undecodable.reason(() -> wire.decode(topic, shortened)))
                    .isEqualTo(
                            length < WireHeader.BYTES
                                    ? UndecodableException.Reason.NO_WIRE_FORMAT
                                    : UndecodableException.Reason.TRUNCATED);
        }
    }

    private static <V extends SpecificRecord> byte[] avro(Topic<V> topic, V value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<V>(topic.schema()).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
