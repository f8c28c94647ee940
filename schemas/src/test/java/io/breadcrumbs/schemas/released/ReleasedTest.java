package io.breadcrumbs.schemas.released;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.released.Releases.Released;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedTest {
    private static final Releases RELEASES = new Releases(Path.of("src", "released"));

    @BeforeAll
    static void writeReleaseIfAsked() throws Exception {
        @Nullable String release = System.getProperty("release");
        if (release != null) {
            RELEASES.write(release);
        }
    }

    static List<Released> released() throws Exception {
        return RELEASES.all();
    }

    static Stream<Topic<?>> topics() {
        return Catalogue.topics().stream();
    }

    @Test
    void shouldHaveAtLeastOneRelease() throws Exception {
        assertThat(released()).hasSizeGreaterThanOrEqualTo(13);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldFollowEveryReleasedSchema(Topic<?> topic) throws Exception {
        assertThat(Compatibility.faults(topic, present(topic), released()))
                .as("%s: give new fields a default, and never remove or retype one without", topic.subject())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("released")
    void shouldStillHaveTheTopicOfEveryReleasedSchema(Released released) {
        assertThat(topic(released).subject()).isEqualTo(released.subject());
    }

    @ParameterizedTest
    @MethodSource("released")
    void shouldReadEveryReleasedRecordAsItWas(Released released) throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        byte[] sample = released.sampleWith(registry.register(released.subject(), new AvroSchema(released.schema())));
        Wire wire = Wire.over(registry);
        wire.learn(sample);

        GenericRecord then = wire.decodeGeneric(sample);
        SpecificRecord now = wire.decode(topic(released), sample);

        assertSame(then, now);
    }

    @Test
    void shouldReportAFieldThatIsAddedWithoutDefault() throws Exception {
        Schema changed =
                changed("{\"name\":\"requestId\"", "{\"name\":\"urgency\",\"type\":\"int\"},{\"name\":\"requestId\"");

        List<String> faults = Compatibility.faults(Catalogue.TOOL_REQUEST, new AvroSchema(changed), released());

        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault)
                        .contains("READER_FIELD_MISSING_DEFAULT_VALUE")
                        .contains("urgency"));
    }

    @Test
    void shouldReportAFieldThatChangesItsType() throws Exception {
        Schema changed =
                changed("{\"name\":\"requestId\",\"type\":\"string\"", "{\"name\":\"requestId\",\"type\":\"int\"");

        List<String> faults = Compatibility.faults(Catalogue.TOOL_REQUEST, new AvroSchema(changed), released());

        assertThat(faults).anySatisfy(fault -> assertThat(fault).contains("TYPE_MISMATCH"));
    }

    @Test
    void shouldReportASymbolThatIsRemoved() throws Exception {
        Schema changed = changed("\"NONE\",", "");
        Schema withoutDefault = new Schema.Parser()
                .parse(changed.toString()
                        .replace(
                                "\"symbols\":[\"IDEMPOTENT\",\"ONCE\"],\"default\":\"IDEMPOTENT\"",
                                "\"symbols\":[\"IDEMPOTENT\",\"ONCE\"]"));

        List<String> faults = Compatibility.faults(Catalogue.TOOL_REQUEST, new AvroSchema(withoutDefault), released());

        assertThat(faults)
                .anySatisfy(fault ->
                        assertThat(fault).contains("MISSING_ENUM_SYMBOLS").contains("NONE"));
    }

    @Test
    void shouldAllowAFieldWithDefault() throws Exception {
        Schema changed = changed(
                "{\"name\":\"requestId\"",
                "{\"name\":\"urgency\",\"type\":\"int\",\"default\":0},{\"name\":\"requestId\"");

        assertThat(Compatibility.faults(Catalogue.TOOL_REQUEST, new AvroSchema(changed), released()))
                .isEmpty();
    }

    @Test
    void shouldNeverWriteOverARelease(@TempDir Path folder) throws Exception {
        Releases releases = new Releases(folder);

        releases.write("7.0.0");

        assertThat(releases.all()).hasSize(Catalogue.topics().size());
        assertThatThrownBy(() -> releases.write("7.0.0")).isInstanceOf(FileAlreadyExistsException.class);
    }

    private static Topic<?> topic(Released released) {
        String name = released.subject().replaceFirst("-value$", "");
        return Catalogue.topic(name)
                .orElseThrow(() -> new AssertionError("topic " + name + " was released and is gone"));
    }

    private static AvroSchema present(Topic<?> topic) throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        Wire.over(registry).prepare(topic);
        return new AvroSchema(Releases.registered(registry, topic));
    }

    private static Schema changed(String old, String replacement) throws Exception {
        String json = present(Catalogue.TOOL_REQUEST).canonicalString();
        assertThat(json).contains(old);
        return new Schema.Parser().parse(json.replace(old, replacement));
    }

    /** Every field that both know has the same value. */
    private static void assertSame(IndexedRecord then, IndexedRecord now) {
        for (Schema.Field field : then.getSchema().getFields()) {
            Schema.@Nullable Field today = now.getSchema().getField(field.name());
            if (today != null) {
                assertSame(field.name(), then.get(field.pos()), now.get(today.pos()));
            }
        }
    }

    private static void assertSame(String name, @Nullable Object then, @Nullable Object now) {
        if (then instanceof IndexedRecord before && now instanceof IndexedRecord after) {
            assertSame(before, after);
        } else if (then instanceof List<?> before && now instanceof List<?> after) {
            assertThat(after).as(name).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertSame(name, before.get(i), after.get(i));
            }
        } else if (then instanceof ByteBuffer) {
            assertThat(now).as(name).isEqualTo(then);
        } else {
            assertThat(String.valueOf(now)).as(name).isEqualTo(String.valueOf(then));
        }
    }
}
