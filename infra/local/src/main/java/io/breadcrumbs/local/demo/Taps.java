package io.breadcrumbs.local.demo;

import io.breadcrumbs.schemas.Order;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Sees the records of runs: those of this process when it publishes them, all when the log has them. Any thread. */
final class Taps implements AutoCloseable {

    private final Bus bus;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final List<Tail> tails = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();

    /** What is known of a run. */
    private static final class Watched {
        final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();
        /** Completes when a decision that counts has ended the run. */
        final CompletableFuture<Long> ended = new CompletableFuture<>();
    }

    /** @param bus whose own records are seen when it publishes them */
    Taps(Bus bus) {
        this.bus = bus;
        tap(Catalogue.WORKFLOW_COMMAND);
        tap(Catalogue.TOOL_REQUEST);
        tap(Catalogue.TOOL_RESPONSE);
        ends.add(bus.watch(Catalogue.WORKFLOW_EVENT, (breadcrumb, _) -> see(breadcrumb.value(), null)));
        journal();
    }

    private <V extends SpecificRecord> void tap(Topic<V> topic) {
        ends.add(bus.watch(topic, (breadcrumb, _) -> see(breadcrumb.value(), null)));
        tails.add(bus.tail(TailFrom.end(topic), (breadcrumb, _, lane) -> see(breadcrumb.value(), lane)));
    }

    /** Only from its beginning on the journal says which decisions count. */
    private void journal() {
        Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
        JournalReader reader = new JournalReader(watched::containsKey, (batch, record, position) -> {
            see(record, lanes.get(position.partition().number()));
            Watched run = watched.get(batch.runId());
            boolean last = batch.entries().getLast().event() instanceof Event.Ended;
            if (run != null && last) {
                run.ended.complete(System.nanoTime());
            }
        });
        tails.add(
                bus.<WorkflowEvent>tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), (breadcrumb, position, lane) -> {
                    lanes.put(position.partition().number(), lane);
                    reader.read(breadcrumb, position, lane);
                }));
    }

    private void see(@Nullable SpecificRecord value, @Nullable Lane lane) {
        if (value != null) {
            Sighting sighting = new Sighting(value, lane, System.nanoTime());
            String runId = sighting.runId();
            Watched run = runId == null ? null : watched.get(runId);
            if (run != null) {
                run.sightings.add(sighting);
            }
        }
    }

    /** Blocks until nothing that is published from now on is missed. */
    void awaitReady(long atMostSeconds) throws InterruptedException, TimeoutException, ExecutionException {
        for (Tail tail : tails) {
            tail.ready().get(atMostSeconds, TimeUnit.SECONDS);
            tail.caughtUp().get(atMostSeconds, TimeUnit.SECONDS);
        }
    }

    /** From now on this run is watched; completes with the time at which its end was durable and counted. */
    CompletableFuture<Long> watch(String runId) {
        return watched.computeIfAbsent(runId, _ -> new Watched()).ended;
    }

    /** What was seen of a run, which is not watched any more. */
    List<Sighting> seen(String runId) {
        Watched run = watched.remove(runId);
        return run == null ? List.of() : List.copyOf(run.sightings);
    }

    /** Whether all was seen in the log that the run's journal speaks of. */
    boolean complete(String runId) {
        Watched run = watched.get(runId);
        Set<String> seen = new HashSet<>();
        Set<String> spokenOf = new HashSet<>();
        for (Sighting one : run == null ? List.<Sighting>of() : run.sightings) {
            if (one.lane() != null) {
                seen.add(one.id());
            }
            if (one.value() instanceof WorkflowEvent batch) {
                spokenOf.add(batch.getInputId());
                for (RunEvent event : batch.getEvents()) {
                    Order order = event.getOrder();
                    if (order != null) {
                        spokenOf.add("request/" + order.getId());
                    }
                }
            }
        }
        return seen.containsAll(spokenOf);
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
        tails.forEach(Tail::close);
    }
}
