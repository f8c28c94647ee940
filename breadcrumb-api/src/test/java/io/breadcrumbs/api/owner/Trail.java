package io.breadcrumbs.api.owner;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What the log of a simulation says of breadcrumbs. */
record Trail(MemoryCluster cluster, Wire wire, int partitions) {

    /** All events, those of a partition in order. */
    List<BreadcrumbEvent> events() {
        List<BreadcrumbEvent> events = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            for (Fetched fetched : cluster.records(new Partition(Catalogue.BREADCRUMB_EVENT.name(), p))) {
                events.add(decoded(Catalogue.BREADCRUMB_EVENT, fetched));
            }
        }
        return events;
    }

    /** The latest states by id, as a compacted topic gives them. */
    Map<String, Breadcrumb> states() {
        Map<String, Breadcrumb> states = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            for (Fetched fetched : cluster.records(new Partition(Catalogue.BREADCRUMB.name(), p))) {
                byte[] key = fetched.record().key();
                String id = key == null ? "" : new String(key, StandardCharsets.UTF_8);
                if (fetched.record().value() == null) {
                    states.remove(id);
                } else {
                    states.put(id, decoded(Catalogue.BREADCRUMB, fetched));
                }
            }
        }
        return states;
    }

    /** The latest state of a breadcrumb that must be there. */
    Breadcrumb state(String id) {
        Breadcrumb state = states().get(id);
        if (state == null) {
            throw new AssertionError("expected a breadcrumb " + id + ", got " + states().keySet());
        }
        return state;
    }

    private <V extends SpecificRecord> V decoded(Topic<V> topic, Fetched fetched) {
        byte[] value = fetched.record().value();
        if (value == null) {
            throw new AssertionError("expected a record, got a tombstone at " + fetched.position());
        }
        try {
            return wire.decode(topic, value);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
