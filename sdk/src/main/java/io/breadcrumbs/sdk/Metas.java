package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Topic;
import java.time.Instant;
import java.util.List;

/** The common fields of new breadcrumbs. */
public final class Metas {

    public static final String DEFAULT_WORKSPACE = "default";

    private Metas() {}

    /** The fields of a breadcrumb that is made now, in the default workspace. */
    public static Meta of(Topic<?> topic, String id, String author) {
        return of(topic, id, DEFAULT_WORKSPACE, author, Instant.now());
    }

    /**
     * The fields of a breadcrumb's first version, without title and tags.
     *
     * @param author who publishes it
     */
    public static Meta of(Topic<?> topic, String id, String workspace, String author, Instant now) {
        long nowMs = now.toEpochMilli();
        return new Meta(id, topic.name(), null, List.of(), workspace, 1, nowMs, nowMs, author, null);
    }
}
