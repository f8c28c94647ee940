package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.Facts;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.tools.Members;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers facts about a run: from the journal, the commands, the answers, the catalogue, and the groups. */
final class Inquiry {

    /** The group of the engines, unless they were given another name. */
    private static final String ENGINES = "workflow-engine";

    private final Bus bus;
    private final String kafka;
    private final Duration atMost;

    /** @param atMost how long each of the sources may take */
    Inquiry(Bus bus, String kafka, Duration atMost) {
        this.bus = bus;
        this.kafka = kafka;
        this.atMost = atMost;
    }

    /** The facts about a run whose family has caught up. Blocks. */
    Facts about(Family family) throws InterruptedException, TimeoutException {
        Followed first = family.first();
        Facts.Undecided undecided = undecided(first);
        Set<String> awaited = new HashSet<>();
        Set<String> pools = new TreeSet<>();
        family.all().forEach(one -> {
            if (one.run().exists() && !one.run().status().over()) {
                awaited.addAll(one.run().awaited());
                pools.addAll(pools(one));
            }
        });
        Set<String> answered = awaited.isEmpty() ? Set.of() : answered(awaited);
        Set<String> tools = ToolList.read(bus, atMost).all().stream()
                .map(ToolDefinition::getName)
                .collect(Collectors.toSet());
        return new Facts(first, family::find, undecided, answered, serving(pools, tools), System.currentTimeMillis());
    }

    private Facts.@Nullable Undecided undecided(Followed run) throws InterruptedException, TimeoutException {
        for (WorkflowCommand command : Commands.about(bus, run.run().id(), atMost)) {
            if (!run.decided(Commands.inputId(command))) {
                return new Facts.Undecided(
                        command.getKind().name().toLowerCase(Locale.ROOT),
                        command.getMeta().getCreatedAtMs());
            }
        }
        return null;
    }

    private static Set<String> pools(Followed one) {
        Set<String> pools = new HashSet<>();
        Run run = one.run();
        run.awaited().forEach(id -> {
            Place place = run.awaited(id);
            Entry asked = place == null ? null : one.asked(place);
            if (asked != null && asked.event() instanceof Event.Asked event) {
                pools.add(event.request().pool());
            }
        });
        Entry undoing = one.undoing();
        if (undoing != null && undoing.event() instanceof Event.Undoing event) {
            pools.add(event.request().pool());
        }
        return pools;
    }

    /** Which of these requests are answered: runs' answers stand in the partitions of their runs. */
    private Set<String> answered(Set<String> requests) throws InterruptedException, TimeoutException {
        Set<String> found = ConcurrentHashMap.newKeySet();
        try (Tail tail = bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), (answer, _, _) -> {
            if (answer.value() != null && requests.contains(answer.body().getRequestId())) {
                found.add(answer.body().getRequestId());
            }
        })) {
            tail.caughtUp().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answers cannot be read: " + e.getCause(), e);
        }
        return found;
    }

    private Facts.Serving serving(Set<String> pools, Set<String> tools) throws InterruptedException, TimeoutException {
        int engines = Members.of(kafka, List.of(ENGINES), atMost).getOrDefault(ENGINES, 0);
        return new Facts.Serving(engines, Members.runners(kafka, pools, atMost), tools);
    }
}
