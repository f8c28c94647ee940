package io.breadcrumbs.sdk.runs.why;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers facts about a run: from its journal and those of the runs that it waits for, from the commands and answers
 * that stand in the log, and from who serves. Blocks.
 *
 * <p>Of commands and answers it reads the newest of a partition only: what nobody has decided about is new, and a
 * question must not cost as much as the log is long.
 */
public final class Inquiry {

    private static final int NEWEST = 10_000;

    /** Runs below each other; deeper ones are named, and not looked into. */
    private static final int DEEPEST = 20;

    private final Bus bus;
    private final InstantSource clock;
    private final Duration atMost;

    /** @param atMost how long each look into the log may take */
    public Inquiry(Bus bus, InstantSource clock, Duration atMost) {
        this.bus = bus;
        this.clock = clock;
        this.atMost = atMost;
    }

    /** Knows who serves. */
    @FunctionalInterface
    public interface Servants {

        /** Who serves runs, and these pools. */
        Facts.Serving serving(Set<String> pools) throws InterruptedException, TimeoutException;
    }

    /**
     * The facts about a run.
     *
     * @param runs finds it, and those below it, as they are when they are asked for; finds each the same way again
     */
    public Facts about(String runId, Followed.Finder runs, Servants servants)
            throws InterruptedException, TimeoutException {
        Set<String> answered = new HashSet<>();
        Queue<WorkflowCommand> commands = new ConcurrentLinkedQueue<>();
        Set<String> pools = new HashSet<>();
        // The log first: what is decided meanwhile is then in the journal.
        look(Catalogue.WORKFLOW_COMMAND, runId, record -> commands.add(record.body()));
        answered.addAll(answers(runId));
        Followed first = runs.find(runId);
        if (first == null) {
            throw new IllegalArgumentException("nothing was read of run " + runId);
        }
        Followed one = first;
        for (int depth = 0; one != null && depth < DEEPEST; depth++) {
            pools.addAll(pools(one));
            String below = Waits.longestRun(one);
            if (below != null) {
                answered.addAll(answers(below));
            }
            one = below == null ? null : runs.find(below);
        }
        return new Facts(first, runs, undecided(first, commands), answered, servants.serving(pools), clock.millis());
    }

    private static Facts.@Nullable Undecided undecided(Followed run, Iterable<WorkflowCommand> commands) {
        for (WorkflowCommand command : commands) {
            if (!run.decided("command/" + command.getCommandId())) {
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
        if (!run.exists() || run.status().over()) {
            return pools;
        }
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

    /** The requests of a run that are answered, lately. */
    private List<String> answers(String runId) throws InterruptedException, TimeoutException {
        Queue<String> found = new ConcurrentLinkedQueue<>();
        look(
                Catalogue.TOOL_RESPONSE,
                runId,
                (Breadcrumb<ToolResponse> answer) -> found.add(answer.body().getRequestId()));
        return List.copyOf(found);
    }

    /** Shows the newest records under a key. */
    private <V extends SpecificRecord> void look(Topic<V> topic, String key, Consumer<Breadcrumb<V>> each)
            throws InterruptedException, TimeoutException {
        int partition = bus.partition(topic, key);
        TailFrom<V> from = partition < 0
                ? new TailFrom<>(topic, Map.of(), TailFrom.newest(NEWEST))
                : new TailFrom<>(topic, Map.of(partition, TailFrom.newest(NEWEST)));
        try (Tail tail = bus.tail(from, (record, _, _) -> {
            if (record.value() != null && record.key().equals(key)) {
                each.accept(record);
            }
        })) {
            tail.caughtUp().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BusException(
                    ErrorCode.AWAY,
                    topic + " cannot be read: " + BusException.of(e).getMessage(),
                    e);
        }
    }
}
