package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.journal.BatchKey;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the journal of one epoch, one record a decision, and sees to the effects of each. */
final class Scribe {

    private static final Duration AGAIN = Duration.ofMillis(50);
    /** So many steps that a decision asks for are named in a trace. */
    private static final int MOST_STEPS = 10;

    private final int partition;
    private final long epoch;
    private final Surroundings around;
    private final Outbox outbox;
    private final Told told;

    /**
     * Who is told, by any thread, what became of a decision.
     *
     * @param acknowledged where it stands in the journal; null: where a tombstone does
     * @param lost it may not be there, and why
     */
    record Told(ObjLongConsumer<@Nullable WorkflowEvent> acknowledged, Consumer<String> lost) {}

    Scribe(int partition, long epoch, Surroundings around, Outbox outbox, Told told) {
        this.partition = partition;
        this.epoch = epoch;
        this.around = around;
        this.outbox = outbox;
        this.told = told;
    }

    /**
     * Appends a decision, sends what may run ahead of it, and keeps the rest until it counts.
     *
     * @return null if the journal takes no record that is so large
     */
    Journal.@Nullable Batch write(Open open, String inputId, List<Event> events, long now, @Nullable String trace) {
        Run run = open.run;
        List<Entry> entries = new ArrayList<>(events.size());
        for (Event event : events) {
            entries.add(new Entry(event, now, destination(event)));
        }
        long sequence = run.sequence() - events.size();
        Journal.Batch batch =
                new Journal.Batch(run.id(), open.workspace, epoch, sequence, inputId, outbox.sent(), open.due, entries);
        if (open.trace == null) {
            open.trace = trace;
        }
        Span span = deciding(batch, trace == null ? open.trace : trace);
        if (!append(batch, open.trace, span)) {
            return null;
        }
        Outbox.Parcel parcel = outbox.journalled(batch.key(), span.traceparent());
        Effects effects = new Effects(run, open.workspace, around.bus().instance(), epoch);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (Effects.ahead(entry.event())) {
                effects.of(entry, sequence + i).forEach(draft -> outbox.publish(parcel, draft));
            } else if (Effects.behind(entry.event(), run)) {
                effects.of(entry, sequence + i).forEach(parcel::add);
            }
        }
        return batch;
    }

    /** What a trace shows of a decision: until the journal has it. What it leads to belongs to it. */
    private Span deciding(Journal.Batch batch, @Nullable String parent) {
        Spans spans = around.bus().spans();
        Span span = spans.begin(Spans.Kind.CONSUMER, "decide", parent);
        if (!spans.on()) {
            return span;
        }
        String input = batch.inputId();
        List<String> steps = new ArrayList<>();
        for (Entry entry : batch.entries()) {
            switch (entry.event()) {
                case Event.Asked asked
                when steps.size() < MOST_STEPS -> steps.add(asked.at().toString());
                case Event.Called called
                when steps.size() < MOST_STEPS -> steps.add(called.at().toString());
                case Event.Ended ended -> {
                    span.set("breadcrumbs.status", ended.status().name().toLowerCase(Locale.ROOT));
                    if (ended.error() != null) {
                        span.failed(ended.error().code());
                    }
                }
                default -> {}
            }
        }
        return span.set("breadcrumbs.run", batch.runId())
                .set("breadcrumbs.input", input.substring(0, Math.max(0, input.indexOf('/'))))
                .set("breadcrumbs.steps", steps.isEmpty() ? null : String.join(",", steps));
    }

    /** @param begun where its run was started, which the run's first record keeps */
    private boolean append(Journal.Batch batch, @Nullable String begun, Span span) {
        WorkflowEvent record = Journal.record(
                batch, around.bus().instance(), around.time().now(), batch.sequence() == 0 ? begun : null);
        Draft<WorkflowEvent> draft =
                Draft.of(Catalogue.WORKFLOW_EVENT, batch.key(), record).to(partition);
        CompletableFuture<Position> appended =
                Trace.within(span.traceparent(), () -> around.bus().publish(draft));
        if (appended.isCompletedExceptionally()
                && BusException.of(appended.exceptionNow()).code() == ErrorCode.TOO_LARGE) {
            span.failed(ErrorCode.TOO_LARGE.name()).end();
            return false;
        }
        appended.whenComplete((position, failure) -> {
            if (failure != null) {
                span.failed(BusException.of(failure).code().name());
            }
            span.end();
            if (failure == null) {
                told.acknowledged().accept(record, position.offset());
            } else {
                told.lost().accept("a decision was not acknowledged: " + failure.getMessage());
            }
        });
        return true;
    }

    private Entry.@Nullable Destination destination(Event event) {
        return switch (event) {
            case Event.Asked asked -> destination(asked.request());
            case Event.Undoing undoing -> destination(undoing.request());
            case Event.Called _ -> new Entry.Destination(Catalogue.WORKFLOW_COMMAND.name(), Entry.Destination.BY_KEY);
            default -> null;
        };
    }

    private Entry.Destination destination(Event.Request request) {
        var topic = Catalogue.toolRequest(request.pool());
        return new Entry.Destination(topic.name(), around.bus().near(topic, request.id()));
    }

    /** A batch of this epoch was read in the journal: it counts. False if one before it is missing there. */
    boolean read(WorkflowEvent record, long offset) {
        return outbox.read(record.getMeta().getId(), offset);
    }

    /** The offset up to which all is read back, and what it orders is acknowledged. */
    long sent() {
        return outbox.sent();
    }

    /**
     * Removes a batch that counts from the journal. Completes when that is durable: one that may be so, or not, is as
     * bad as a decision that may be there.
     */
    CompletableFuture<Void> remove(BatchKey key) {
        CompletableFuture<Void> removed = new CompletableFuture<>();
        remove(key, removed);
        return removed;
    }

    private void remove(BatchKey key, CompletableFuture<Void> removed) {
        Draft<WorkflowEvent> draft =
                Draft.tombstone(Catalogue.WORKFLOW_EVENT, key.toString()).to(partition);
        around.bus().publish(draft).whenComplete((position, failure) -> {
            if (failure == null) {
                told.acknowledged().accept(null, position.offset());
                removed.complete(null);
            } else if (isNotDone(BusException.codeOf(failure))) {
                around.time().after(AGAIN, () -> remove(key, removed));
            } else {
                told.lost().accept("a tombstone was not acknowledged: " + failure.getMessage());
            }
        });
    }

    private static boolean isNotDone(@Nullable ErrorCode code) {
        return code == ErrorCode.CAPACITY || code == ErrorCode.AWAY;
    }

    // ------------------------------------------------------------------ what former owners owe

    /** Places in the journal whose effects may be missing; this epoch's own beginning is the last. */
    List<Outbox.Parcel> owe(List<Takeover.Unsent> unsent) {
        List<Outbox.Parcel> parcels = new ArrayList<>();
        for (Takeover.Unsent one : unsent) {
            parcels.add(outbox.at(one.offset(), one.batch().getMeta().getId(), null));
        }
        parcels.add(outbox.at(epoch, "", null));
        return parcels;
    }

    /** The messages of a batch that counts, but for requests whose answers are there. */
    void owe(Outbox.Parcel parcel, Open open, Journal.Batch batch) {
        Effects effects = new Effects(open.run, open.workspace, around.bus().instance(), batch.epoch());
        for (int i = 0; i < batch.entries().size(); i++) {
            Entry entry = batch.entries().get(i);
            String awaited = Effects.awaited(entry.event());
            if (awaited == null || open.run.awaited(awaited) != null) {
                effects.of(entry, batch.sequence() + i).forEach(parcel::add);
            }
        }
    }

    /** All that is owed is in its parcels: it goes out. */
    void complete(List<Outbox.Parcel> parcels) {
        parcels.forEach(outbox::complete);
    }

    int owed() {
        return outbox.waiting();
    }

    void close() {
        outbox.close();
    }
}
