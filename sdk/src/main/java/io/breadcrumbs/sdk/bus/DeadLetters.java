package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes dead letters. The key of one is the position of its record: whoever meets that again says nothing new. */
public final class DeadLetters {

    private static final int REASON_CHARS = 2_000;

    /** What a dead letter may hold of headers: many times what any client writes that wants to be read. */
    private static final int HEADER_BYTES = 64 << 10;

    private DeadLetters() {}

    /**
     * A record that nobody can read, and why.
     *
     * @param bytesAtMost what a dead letter may hold of key and value; what is larger is left out, since nobody would
     *     take it
     */
    public static DeadLetter of(Fetched fetched, String reason, Instant now, String instance, int bytesAtMost) {
        byte[] key = fetched.record().key();
        byte[] value = fetched.record().value();
        boolean hasKey = length(key) <= bytesAtMost;
        boolean hasValue = length(key) + length(value) <= bytesAtMost;
        List<Header> headers = headers(fetched.record());
        boolean hasHeaders = headers.stream().mapToInt(DeadLetters::length).sum() <= HEADER_BYTES;
        return new DeadLetter(
                Records.meta(Catalogue.DEAD_LETTER, fetched.position().toString(), now, instance),
                fetched.partition().topic(),
                fetched.partition().number(),
                fetched.offset(),
                "UNDECODABLE",
                reason.substring(0, Math.min(reason.length(), REASON_CHARS))
                        + (hasValue ? "" : "; its " + length(value) + " bytes are left where they are")
                        + (hasHeaders ? "" : "; its " + headers.size() + " headers are left there"),
                hasKey ? bytes(key) : null,
                hasValue ? bytes(value) : null,
                hasHeaders ? headers : List.of(),
                instance,
                now.toEpochMilli(),
                1);
    }

    /** Those of the bus first, since a bus writes them first. */
    private static List<Header> headers(LogRecord record) {
        List<Header> all = new ArrayList<>();
        String origin = record.headers().origin();
        if (origin != null) {
            all.add(header("origin", origin));
            all.add(header("seq", Long.toString(record.headers().seq())));
        }
        String trace = record.headers().trace();
        if (trace != null) {
            all.add(header("traceparent", trace));
        }
        record.others().forEach(other -> all.add(new Header(other.name(), bytes(other.value()))));
        return all;
    }

    private static Header header(String name, String text) {
        return new Header(name, bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static int length(Header header) {
        ByteBuffer value = header.getValue();
        return header.getName().length() + (value == null ? 0 : value.remaining());
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
