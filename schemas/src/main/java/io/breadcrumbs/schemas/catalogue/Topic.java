package io.breadcrumbs.schemas.catalogue;

import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the platform with the one record type that it carries.
 *
 * <p>Two topics are equal when their names are.
 *
 * @param <V> the record type of its values
 */
public final class Topic<V extends SpecificRecord> {
    private final String name;
    private final Body<V> body;
    private final Keying keying;
    private final Retention retention;

    /** The record type of a topic's values. */
    record Body<V extends SpecificRecord>(Class<V> type, Schema schema, Supplier<V> blank) {}

    /** What the key of a record is, and how its partition follows. */
    record Keying(String key, String partition, Partitioning group) {}

    Topic(String name, Body<V> body, Keying keying, Retention retention) {
        this.name = name;
        this.body = body;
        this.keying = keying;
        this.retention = retention;
    }

    Topic<V> named(String other) {
        return new Topic<>(other, body, keying, retention);
    }

    public String name() {
        return name;
    }

    public Class<V> type() {
        return body.type();
    }

    public Schema schema() {
        return body.schema();
    }

    /** A record with no field set, for a decoder to fill. */
    public V blank() {
        return body.blank().get();
    }

    /** Subject under which the schema of the values is registered. */
    public String subject() {
        return name + "-value";
    }

    /** What the key of a record is, for people. */
    public String key() {
        return keying.key();
    }

    /** How the partition of a record is found, for people. */
    public String partition() {
        return keying.partition();
    }

    /** The topics with which this one shares its number of partitions. */
    public Partitioning partitioning() {
        return keying.group();
    }

    public Retention retention() {
        return retention;
    }

    public boolean compacted() {
        return retention.compacted();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topic<?> topic && topic.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
