package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group over topics of one record type.
 *
 * @param answers where answers to its records are found; null if nobody answers them
 */
public record Group<V extends SpecificRecord>(
        String name, List<Topic<V>> topics, @Nullable Answers<V, ?> answers) {

    /** The name of the engines' group, unless they were given another one. */
    public static final String ENGINES = "workflow-engine";

    public Group {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("group " + name + ": expected at least one topic, got none");
        }
    }

    /** The name of the group of runners that serve a pool. */
    public static String runners(String pool) {
        return "runner." + pool;
    }

    public static <V extends SpecificRecord> Group<V> of(String name, Topic<V> topic) {
        return new Group<>(name, List.of(topic), null);
    }

    /** The same group, whose records are answered on a topic. */
    public Group<V> answeredBy(Answers<V, ?> other) {
        return new Group<>(name, topics, other);
    }
}
