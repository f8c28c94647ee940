package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;

/** The records that the bus itself writes. */
final class Records {

    private static final long NO_RUN = -1;

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
}
