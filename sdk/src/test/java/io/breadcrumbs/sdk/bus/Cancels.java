package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Instant;

/** Small records, for tests to which it does not matter what is in them. */
final class Cancels {

    private Cancels() {}

    static ToolCancel of(String id) {
        return new ToolCancel(Records.meta(Catalogue.TOOL_CANCEL, id, Instant.EPOCH, "test"), id, null, -1L, "test");
    }

    /** A published one, with its sequence number. */
    static Breadcrumb<ToolCancel> numbered(Partition partition, long seq) {
        String key = "k" + seq;
        return new Breadcrumb<>(Catalogue.TOOL_CANCEL, partition, key, of(key), new Headers("here", seq, null));
    }
}
