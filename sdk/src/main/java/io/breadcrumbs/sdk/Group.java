package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A consumer group over topics of one record type. */
public record Group<V extends SpecificRecord>(String name, List<Topic<V>> topics) {

    public Group {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("group " + name + ": expected at least one topic, got none");
        }
    }

    public static <V extends SpecificRecord> Group<V> of(String name, Topic<V> topic) {
        return new Group<>(name, List.of(topic));
    }
}
