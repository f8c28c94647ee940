package io.breadcrumbs.api.owner;

import io.breadcrumbs.api.decide.Decider;
import io.breadcrumbs.api.decide.Decision;
import io.breadcrumbs.api.decide.Former;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that are decided together, one after the other, and written as one set: the event of each, then the last
 * state of each breadcrumb that they change. Nothing of it counts before the set is written. One thread.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final Bus bus;
    private final List<Delivery<BreadcrumbCommand>> deliveries;
    private final Map<String, Breadcrumb> before;
    private final Remembered remembered;
    private final Remembered here = new Remembered();
    private final List<Draft<?>> events = new ArrayList<>();
    private final Map<String, Optional<Breadcrumb>> after = new LinkedHashMap<>();
    private final List<BreadcrumbEvent> answers = new ArrayList<>();

    /** @param before the states of the breadcrumbs that are there */
    Batch(
            Bus bus,
            List<Delivery<BreadcrumbCommand>> deliveries,
            Map<String, Breadcrumb> before,
            Remembered remembered) {
        this.bus = bus;
        this.deliveries = deliveries;
        this.before = new HashMap<>(before);
        this.remembered = remembered;
    }

    /** Decides all of them; the set that is to be written. */
    List<Draft<?>> decide(Instant now) {
        for (Delivery<BreadcrumbCommand> delivery : deliveries) {
            BreadcrumbCommand command = delivery.breadcrumb().body();
            Decision decision;
            try {
                decision = decide(delivery, command, now);
            } catch (RuntimeException e) { // or it would keep all that come after it waiting
                LOG.atError()
                        .addKeyValue("event", "decision-failed")
                        .setCause(e)
                        .log("command {} of breadcrumb {}", command.getCommandId(), command.getBreadcrumbId());
                decision = Decider.failed(command, now);
            }
            take(delivery, decision);
        }
        List<Draft<?>> set = new ArrayList<>(events);
        after.forEach((id, state) -> {
            Draft<Breadcrumb> latest = state.isPresent()
                    ? Draft.of(Catalogue.BREADCRUMB, id, state.get())
                    : Draft.tombstone(Catalogue.BREADCRUMB, id);
            set.add(latest.to(partition()));
        });
        return set;
    }

    private int partition() {
        return deliveries.getFirst().breadcrumb().partition().number();
    }

    private Decision decide(Delivery<BreadcrumbCommand> delivery, BreadcrumbCommand command, Instant now) {
        String id = command.getBreadcrumbId();
        Former first = remembered.of(command);
        first = first == null ? here.of(command) : first;
        if (first != null) {
            return Decider.repeated(command, first, now);
        }
        boolean inPlace = delivery.breadcrumb().key().equals(id)
                && bus.partition(Catalogue.BREADCRUMB_COMMAND, id) == partition();
        return inPlace ? Decider.decide(before.get(id), command, now) : Decider.misplaced(command, now);
    }

    private void take(Delivery<BreadcrumbCommand> delivery, Decision decision) {
        BreadcrumbEvent event = decision.event();
        String id = event.getBreadcrumbId();
        switch (decision) {
            case Decision.Changed changed -> {
                before.put(id, changed.state());
                after.put(id, Optional.of(changed.state()));
            }
            case Decision.Ended _ -> {
                before.remove(id);
                after.put(id, Optional.empty());
            }
            case Decision.Answered _ -> {} // all stays as it is
        }
        here.add(event);
        answers.add(event);
        String trace = delivery.breadcrumb().headers().trace();
        Draft<BreadcrumbEvent> draft =
                Draft.of(Catalogue.BREADCRUMB_EVENT, id, event).to(partition());
        events.add(trace == null ? draft : draft.traced(trace));
    }

    /** The set stands in the log: from now on it counts, and its commands are done. */
    void written(List<Position> positions, States states) {
        answers.forEach(remembered::add);
        int at = events.size();
        for (Map.Entry<String, Optional<Breadcrumb>> one : after.entrySet()) {
            Position position = positions.get(at++);
            Optional<Breadcrumb> state = one.getValue();
            if (state.isPresent()) {
                states.put(state.get(), position.offset());
            } else {
                states.remove(one.getKey());
            }
        }
        deliveries.forEach(Delivery::done);
    }
}
