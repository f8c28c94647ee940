package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that the bus itself writes. */
final class Records {

    private static final long NO_RUN = -1;
    private static final int REASON_CHARS = 2_000;

    /** What a dead letter may hold of headers: many times what any client writes that wants to be read. */
    private static final int HEADER_BYTES = 64 << 10;

    private Records() {}

    static Meta meta(Topic<?> topic, String id, Instant now, String author) {
        return Metas.of(topic, id, Metas.DEFAULT_WORKSPACE, author, now);
    }

    static ToolRequest request(Topic<ToolRequest> topic, String id, Ask ask, Instant now) {
        String pool = ask.pool();
        Position seen = ask.seen();
        return new ToolRequest(
                Metas.of(topic, id, ask.workspace(), ask.requestedBy(), now),
                id,
                ask.tool(),
                null,
                ask.input(),
                null,
                ask.requestedBy(),
                null,
                null,
                null,
                1,
                NO_RUN,
                NO_RUN,
                id,
                now.plus(ask.deadline()).toEpochMilli(),
                null,
                id,
                pool == null ? Catalogue.DEFAULT_POOL : pool,
                SideEffects.IDEMPOTENT,
                seen == null
                        ? null
                        : new io.breadcrumbs.schemas.Position(seen.partition().number(), seen.offset()));
    }

    /**
     * A record that nobody can read, and why.
     *
     * @param bytesAtMost what a dead letter may hold of key and value; what is larger is left out, since nobody would
     *     take it
     */
    static DeadLetter deadLetter(Fetched fetched, String reason, Instant now, String instance, int bytesAtMost) {
        byte[] key = fetched.record().key();
        byte[] value = fetched.record().value();
        boolean hasKey = length(key) <= bytesAtMost;
        boolean hasValue = length(key) + length(value) <= bytesAtMost;
        List<Header> headers = headers(fetched.record());
        boolean hasHeaders = headers.stream().mapToInt(Records::length).sum() <= HEADER_BYTES;
        return new DeadLetter(
                meta(Catalogue.DEAD_LETTER, fetched.position().toString(), now, instance),
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
