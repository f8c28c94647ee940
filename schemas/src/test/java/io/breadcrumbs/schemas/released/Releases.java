package io.breadcrumbs.schemas.released;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.sample.SampleRecords;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecord;

/** The folder of released schemas. */
final class Releases {
    private static final String SCHEMA = ".avsc";
    private static final String SAMPLE = ".hex";
    private static final long SEED = 20_260_101;

    private final Path folder;

    Releases(Path folder) {
        this.folder = folder;
    }

    /** A schema as it was registered in a release, and a record that was written with it, in hexadecimal digits. */
    record Released(String release, String subject, Schema schema, String sample) {
        /** The record with the id that the schema has in today's registry. */
        byte[] sampleWith(int schemaId) {
            byte[] bytes = HexFormat.of().parseHex(sample);
            ByteBuffer.wrap(bytes).putInt(1, schemaId);
            return bytes;
        }

        @Override
        public String toString() {
            return release + " " + subject;
        }
    }

    /** All schemas of all releases. */
    List<Released> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SCHEMA))
                    .sorted()
                    .map(Releases::read)
                    .toList();
        }
    }

    /** Writes the present schemas as a new release. */
    void write(String release) throws IOException {
        Path target = Files.createDirectory(folder.resolve(release));
        for (Topic<?> topic : Catalogue.topics()) {
            write(topic, target);
        }
    }

    private static <V extends SpecificRecord> void write(Topic<V> topic, Path target) throws IOException {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        Wire wire = Wire.over(registry);
        wire.prepare(topic);
        String sample = HexFormat.of()
                .formatHex(wire.encode(topic, SampleRecords.full(SEED).of(topic)));
        Files.writeString(
                target.resolve(topic.subject() + SCHEMA),
                SchemaFormatter.format("json/pretty", registered(registry, topic)) + "\n");
        Files.writeString(target.resolve(topic.subject() + SAMPLE), sample + "\n");
    }

    /** The topic's schema as the registry has it. */
    static Schema registered(MockSchemaRegistryClient registry, Topic<?> topic) throws IOException {
        try {
            return new Schema.Parser()
                    .parse(registry.getLatestSchemaMetadata(topic.subject()).getSchema());
        } catch (RestClientException e) {
            throw new IllegalStateException(topic.subject() + " was not registered", e);
        }
    }

    private static Released read(Path file) {
        String name = file.getFileName().toString();
        String subject = name.substring(0, name.length() - SCHEMA.length());
        try {
            return new Released(
                    file.getName(file.getNameCount() - 2).toString(),
                    subject,
                    new Schema.Parser().parse(Files.readString(file)),
                    Files.readString(file.resolveSibling(subject + SAMPLE)).strip());
        } catch (IOException e) {
            throw new IllegalStateException("released schema " + file + " cannot be read", e);
        }
    }
}
