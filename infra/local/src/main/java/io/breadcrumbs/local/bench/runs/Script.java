package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Breadcrumb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The records that a run writes, in the order in which it wrote them: what the floor of its shape appends. */
record Script(List<Line> lines, long bytes) {

    Script {
        lines = List.copyOf(lines);
    }

    /** A record. */
    static final class Line {

        final int partition;
        final String key;
        final byte[] value;
        /** The request that it is, which something answers; null if it is none. */
        final @Nullable String asks;
        /** The request of this script that it answers; null if it answers none. */
        final @Nullable String answers;

        Line(Breadcrumb<?> record, @Nullable String asks, @Nullable String answers) {
            partition = record.partition().number();
            key = record.key();
            value = encoded(record.body());
            this.asks = asks;
            this.answers = answers;
        }
    }

    static Script of(List<Breadcrumb<?>> published) {
        List<Line> lines = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        long bytes = 0;
        for (Breadcrumb<?> one : published) {
            SpecificRecord record = one.body();
            String asks = record instanceof ToolRequest request ? request.getRequestId() : null;
            String answers = record instanceof ToolResponse response && asked.contains(response.getRequestId())
                    ? response.getRequestId()
                    : null;
            if (asks != null) {
                asked.add(asks);
            }
            Line line = new Line(one, asks, answers);
            bytes += line.value.length + line.key.length();
            lines.add(line);
        }
        return new Script(lines, bytes);
    }

    private static byte[] encoded(SpecificRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
