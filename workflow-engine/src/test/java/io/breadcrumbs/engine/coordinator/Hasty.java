package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.workflow.run.Run;

/** Sends what a decision orders as soon as that is on its way to the log, whether it will count or not. */
final class Hasty {

    private final EngineSimulation simulation;
    private final EngineNode node;

    private Hasty(EngineSimulation simulation, EngineNode node) {
        this.simulation = simulation;
        this.node = node;
    }

    /** Sends on the bus of this process what its engine decides, if the simulation's mutation is of that kind. */
    static void on(EngineSimulation simulation, EngineNode node) {
        if (simulation.mutation.sendsAhead()) {
            Hasty hasty = new Hasty(simulation, node);
            node.bus().watch(Catalogue.WORKFLOW_EVENT, (breadcrumb, _) -> {
                WorkflowEvent record = breadcrumb.value();
                if (record != null && record.getKind() == WorkflowEventKind.BATCH) {
                    hasty.decided(record);
                }
            });
        }
    }

    private void decided(WorkflowEvent record) {
        try {
            Journal.Batch batch = Journal.batch(record);
            Effects effects =
                    new Effects(run(batch), batch.workspace(), node.bus().instance(), batch.epoch());
            for (int i = 0; i < batch.entries().size(); i++) {
                Entry entry = batch.entries().get(i);
                if (simulation.mutation.isAhead(entry.event())) {
                    effects.of(entry, batch.sequence() + i).forEach(this::send);
                }
            }
        } catch (UnreadableEventException e) {
            simulation.bad("the journal cannot be read: " + e.getMessage());
        }
    }

    private Run run(Journal.Batch batch) {
        Run known = simulation.reference.runs().get(batch.runId());
        if (known != null && known.exists()) {
            return known;
        }
        Run run = new Run(batch.runId(), simulation.plans);
        batch.entries().forEach(entry -> run.apply(entry.event(), entry.atMs()));
        return run;
    }

    private void send(Draft<?> draft) {
        node.process().execute(() -> node.bus().publish(draft));
    }
}
