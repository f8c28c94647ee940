package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import java.util.IdentityHashMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that were published or handed over, with their bytes at that moment. Each equals what the log gives of
 * it, and nobody changes it afterwards, since publisher and receivers hold the same object. One thread.
 */
final class HandedOver {

    private final IdentityHashMap<SpecificRecord, Original<?>> originals = new IdentityHashMap<>();

    /** A record, and its bytes when it was first seen. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Original<V extends SpecificRecord>(Wire wire, Topic<V> topic, V value, byte[] bytes) {

        void check() {
            V logged;
            try {
                logged = wire.decode(topic, bytes);
            } catch (UndecodableException e) {
                throw new AssertionError("a record for " + topic + " cannot be read back: " + value, e);
            }
            if (!logged.equals(value)) {
                throw new AssertionError("a record for " + topic + " is not what the log gives of it: the log gives "
                        + logged + ", it is " + value + ". Nobody may change what was published: make a new record");
            }
        }
    }

    /** A record is published or handed over, perhaps not for the first time. */
    <V extends SpecificRecord> void note(Wire wire, Topic<V> topic, V value) {
        originals
                .computeIfAbsent(value, _ -> new Original<>(wire, topic, value, wire.encode(topic, value)))
                .check();
    }

    /** Fails if one of them is not any more what it was. */
    void check() {
        originals.values().forEach(Original::check);
    }
}
