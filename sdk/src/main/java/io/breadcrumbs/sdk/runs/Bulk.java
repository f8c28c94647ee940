package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same of many runs, so many a second, and tells what was decided about each. Reads the journal for that, from
 * its beginning. Any thread; never blocks.
 */
public final class Bulk implements JournalReader.Listener, AutoCloseable {

    public static final int MOST_A_SECOND = 10_000;

    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(30);

    private final Bus bus;
    private final Time time;
    private final int perSecond;
    private final Consumer<Outcome> told;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    /** Runs about which nothing is known yet, by the input that is to be decided. */
    private final Map<String, String> undecided = new ConcurrentHashMap<>();
    /** Decisions about inputs that are not known to be durable yet. */
    private final Map<String, Outcome> early = new ConcurrentHashMap<>();

    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final AtomicInteger untold = new AtomicInteger();
    private volatile @Nullable Tail journal;
    private volatile boolean closed;

    /** What became of one run. */
    public sealed interface Outcome {

        String runId();

        /** It was decided so. */
        record Done(String runId) implements Outcome {}

        /** It makes no sense for this run. */
        record Refused(String runId, String code, String message) implements Outcome {}

        /** It may still be decided. */
        record Open(String runId, String why) implements Outcome {}
    }

    /**
     * @param perSecond so many runs are asked a second, at most
     * @param told what became of each run, once, by any thread
     */
    public Bulk(Bus bus, Time time, int perSecond, Consumer<Outcome> told) {
        if (perSecond < 1 || perSecond > MOST_A_SECOND) {
            throw new IllegalArgumentException("perSecond: expected 1 to " + MOST_A_SECOND + ", got " + perSecond);
        }
        this.bus = bus;
        this.time = time;
        this.perSecond = perSecond;
        this.told = told;
    }

    /**
     * Begins, once. Completes when something has been told of each run.
     *
     * @param ask asks it of one run
     */
    public CompletableFuture<Void> ask(List<String> runIds, Function<String, CompletableFuture<Asked>> ask) {
        List<String> runs = List.copyOf(new LinkedHashSet<>(runIds));
        if (runs.isEmpty()) {
            done.complete(null);
            return done;
        }
        left.addAll(runs);
        untold.set(runs.size());
        Set<String> wanted = Set.copyOf(runs);
        Tail tail = bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(wanted::contains, this));
        journal = tail;
        tail.caughtUp().whenComplete((_, failure) -> {
            if (failure == null) {
                next(runs, 0, ask);
            } else {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private void next(List<String> runs, int from, Function<String, CompletableFuture<Asked>> ask) {
        if (closed) {
            return;
        }
        int batch = Math.max(1, perSecond / 100); // timers are no finer than some milliseconds
        int to = Math.min(runs.size(), from + batch);
        for (String runId : runs.subList(from, to)) {
            ask.apply(runId).whenComplete((asked, failure) -> asked(runId, asked, failure));
        }
        if (to < runs.size()) {
            time.after(Duration.ofNanos(batch * 1_000_000_000L / perSecond), () -> next(runs, to, ask));
        } else {
            time.after(DECIDED_WITHIN, this::giveUp);
        }
    }

    private void asked(String runId, @Nullable Asked asked, @Nullable Throwable failure) {
        if (failure != null || asked == null) {
            tell(new Outcome.Open(
                    runId, "it could not be asked for: " + (failure == null ? "" : failure.getMessage())));
        } else {
            undecided.put(asked.inputId(), runId);
            settle(asked.inputId());
        }
    }

    @Override
    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
        if (left.contains(batch.runId()) && batch.inputId().startsWith("command/")) {
            early.put(batch.inputId(), outcome(batch));
            settle(batch.inputId());
        }
    }

    /** Tells what was decided about an input, if that is known, and the input is one of those that were asked for. */
    private void settle(String inputId) {
        if (early.containsKey(inputId) && undecided.remove(inputId) != null) {
            Outcome outcome = early.remove(inputId);
            if (outcome != null) {
                tell(outcome);
            }
        }
    }

    private static Outcome outcome(Journal.Batch batch) {
        for (Entry entry : batch.entries()) {
            if (entry.event() instanceof Event.Rejected no) {
                return new Outcome.Refused(batch.runId(), no.code(), no.message());
            }
        }
        return new Outcome.Done(batch.runId());
    }

    private void giveUp() {
        for (String runId : List.copyOf(left)) {
            tell(new Outcome.Open(runId, "nobody has decided about it within " + DECIDED_WITHIN.toSeconds() + " s"));
        }
    }

    private void tell(Outcome outcome) {
        if (left.remove(outcome.runId()) && !closed) {
            told.accept(outcome);
            if (untold.decrementAndGet() == 0) {
                done.complete(null);
            }
        }
    }

    /** Asks no further run, and tells nothing more. Not by the thread that is told. */
    @Override
    public void close() {
        closed = true;
        Tail reading = journal;
        if (reading != null) {
            reading.close();
        }
    }
}
