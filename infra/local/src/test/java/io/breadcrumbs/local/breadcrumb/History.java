package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/** All that the log says of breadcrumbs, checked while it is read: versions without gap and twin, one decision each. */
final class History {

    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, Integer> states = new ConcurrentHashMap<>();
    private final Set<String> decided = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();

    static History of(Bus bus) throws Exception {
        History history = new History();
        read(bus, TailFrom.beginning(Catalogue.BREADCRUMB_EVENT), history::event);
        read(bus, TailFrom.beginning(Catalogue.BREADCRUMB), history::state);
        return history;
    }

    private interface Reading<V extends SpecificRecord> {
        void take(io.breadcrumbs.sdk.Breadcrumb<V> breadcrumb);
    }

    private static <V extends SpecificRecord> void read(Bus bus, TailFrom<V> from, Reading<V> reading)
            throws Exception {
        try (Tail tail = bus.tail(from, (breadcrumb, _, _) -> reading.take(breadcrumb))) {
            tail.caughtUp().get(60, TimeUnit.SECONDS);
        }
    }

    private void event(io.breadcrumbs.sdk.Breadcrumb<BreadcrumbEvent> breadcrumb) {
        BreadcrumbEvent event = breadcrumb.body();
        String id = event.getBreadcrumbId();
        if (!decided.add(event.getCommandId()) && event.getKind() != BreadcrumbEventKind.REPEATED) {
            faults.add("command " + event.getCommandId() + " was decided twice");
        }
        Integer before = versions.getOrDefault(id, 0);
        int after = event.getBreadcrumbVersion();
        switch (event.getKind()) {
            case CREATED, UPDATED -> {
                versions.put(id, after);
                if (after != before + 1) {
                    faults.add(id + " went from version " + before + " to " + after);
                }
            }
            case DELETED, EXPIRED -> versions.remove(id);
            case REFUSED, REPEATED, UNKNOWN -> {} // nothing is changed
        }
    }

    private void state(io.breadcrumbs.sdk.Breadcrumb<Breadcrumb> breadcrumb) {
        Breadcrumb state = breadcrumb.value();
        if (state != null) {
            states.put(breadcrumb.key(), state.getMeta().getVersion());
        }
    }

    Set<String> decided() {
        return decided;
    }

    void check() {
        assertThat(faults).isEmpty();
        assertThat(states).containsAllEntriesOf(versions);
    }
}
