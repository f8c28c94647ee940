package io.breadcrumbs.engine;

import io.breadcrumbs.schemas.catalogue.TopicAdmin;

/**
 * How often an engine's rows exist. All of them can be made again from the log; copies decide how long that takes.
 *
 * @param standbys how many other engines keep a warm copy of each partition's rows, from which they take over at once;
 *     where there is no other engine, there is none
 * @param replication replicas of the topic from which rows are restored
 * @param minInsync of these replicas must have a record before it is acknowledged
 */
public record Copies(int standbys, int replication, int minInsync) {

    /** On one broker. A warm copy costs nothing where no other engine is there to keep it. */
    public static final Copies ONE_BROKER = of(TopicAdmin.Settings.oneBroker());

    /** On three brokers and more: rows survive the loss of one. */
    public static final Copies CLUSTER = of(TopicAdmin.Settings.cluster());

    public Copies {
        if (standbys < 0) {
            throw new IllegalArgumentException("standbys: expected 0 or more, got " + standbys);
        }
    }

    /** As topics are, with one warm copy. */
    public static Copies of(TopicAdmin.Settings topics) {
        return new Copies(1, topics.replication(), topics.minInsync());
    }

    public Copies withStandbys(int other) {
        return new Copies(other, replication, minInsync);
    }
}
