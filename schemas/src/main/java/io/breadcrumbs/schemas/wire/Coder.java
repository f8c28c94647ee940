package io.breadcrumbs.schemas.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The buffers and decoders that one record needs while it is encoded or decoded; owned by the thread that has taken it
 * from the {@link CoderPool}.
 */
final class Coder {
    private final ArrayEncoder encoder = new ArrayEncoder();
    private final ArrayDecoder decoder = new ArrayDecoder();
    private final Map<Integer, Resolver> resolvers = new HashMap<>();

    /** Reads what was written with one schema as if it had been written with another. */
    private record Resolver(Class<?> type, ResolvingDecoder decoder) {}

    byte[] encode(int schemaId, SpecificRecordBase value) throws IOException {
        encoder.begin(schemaId);
        value.customEncode(encoder);
        return encoder.result();
    }

    /** Fills the blank record from bytes whose header has been checked; gives back how many bytes are left over. */
    int decode(byte[] bytes, Schema writer, SpecificRecordBase blank) throws IOException {
        int schemaId = WireHeader.schemaId(bytes);
        Resolver resolver = resolver(schemaId, writer, blank);
        decoder.begin(bytes, WireHeader.BYTES);
        try {
            resolver.decoder().configure(decoder);
            blank.customDecode(resolver.decoder());
            resolver.decoder().drain();
            return decoder.remainingBytes();
        } finally {
            decoder.end();
        }
    }

    private Resolver resolver(int schemaId, Schema writer, SpecificRecordBase blank) throws IOException {
        @Nullable Resolver known = resolvers.get(schemaId);
        if (known != null && known.type() == blank.getClass()) {
            return known;
        }
        Schema reader = blank.getSchema();
        Schema aliased = Schema.applyAliases(writer, reader);
        Resolver made = new Resolver(blank.getClass(), DecoderFactory.get().resolvingDecoder(aliased, reader, null));
        resolvers.put(schemaId, made);
        return made;
    }

    /** The record as its writer saw it. */
    Generic decodeGeneric(byte[] bytes, Schema writer) throws IOException {
        decoder.begin(bytes, WireHeader.BYTES);
        try {
            GenericRecord value = new GenericDatumReader<GenericRecord>(writer).read(null, decoder);
            return new Generic(value, decoder.remainingBytes());
        } finally {
            decoder.end();
        }
    }

    /** A record and the number of bytes behind it. */
    record Generic(GenericRecord value, int remaining) {}
}
