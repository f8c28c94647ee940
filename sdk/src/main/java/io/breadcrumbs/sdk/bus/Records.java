package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that the bus itself writes. */
final class Records {

    private static final long NO_RUN = -1;
    private static final int REASON_CHARS = 2_000;

    private Records() {}

    static Meta meta(Topic<?> topic, String id, Instant now, String author) {
        return Metas.of(topic, id, Metas.DEFAULT_WORKSPACE, author, now);
    }

    static ToolRequest request(Topic<ToolRequest> topic, String id, Ask ask, Instant now) {
        String pool = ask.pool();
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
                null);
    }

    /**
     * A record that nobody can read, and why.
     *
     * @param bytesAtMost what a dead letter may hold of it; what is larger is left out, since nobody would take it
     */
    static DeadLetter deadLetter(Fetched fetched, String reason, Instant now, String instance, int bytesAtMost) {
        byte[] key = fetched.record().key();
        byte[] value = fetched.record().value();
        boolean hasKey = length(key) <= bytesAtMost;
        boolean hasValue = length(key) + length(value) <= bytesAtMost;
        return new DeadLetter(
                meta(Catalogue.DEAD_LETTER, fetched.position().toString(), now, instance),
                fetched.partition().topic(),
                fetched.partition().number(),
                fetched.offset(),
                "UNDECODABLE",
                reason.substring(0, Math.min(reason.length(), REASON_CHARS))
                        + (hasValue ? "" : "; its " + length(value) + " bytes are left where they are"),
                hasKey ? bytes(key) : null,
                hasValue ? bytes(value) : null,
                List.of(),
                instance,
                now.toEpochMilli(),
                1);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
