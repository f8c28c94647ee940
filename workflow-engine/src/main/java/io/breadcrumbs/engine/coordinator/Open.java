package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run that the coordinator has in its own memory, with its decisions that are not remembered yet. */
final class Open {

    final Run run;
    final String workspace;
    /** When its first timer may be due; 0: it has none. */
    long due;
    /** The traceparent that the run was started with: what no message leads to belongs there. */
    @Nullable
    String trace;

    private final Deque<Journal.Batch> ahead = new ArrayDeque<>();
    private final Set<String> inputs = new HashSet<>();

    Open(Run run, String workspace, long due) {
        this.run = run;
        this.workspace = workspace;
        this.due = due;
    }

    /** A decision was journalled. */
    void journalled(Journal.Batch batch) {
        ahead.add(batch);
        inputs.add(batch.inputId());
    }

    /** The decisions before this event are remembered. */
    void remembered(long next) {
        while (!ahead.isEmpty() && ahead.peek().sequence() < next) {
            inputs.remove(ahead.remove().inputId());
        }
    }

    /** Whether a decision about this input is on its way to be remembered. */
    boolean decided(String inputId) {
        return inputs.contains(inputId);
    }

    /** Decisions that are not remembered yet, in their order. */
    Iterable<Journal.Batch> ahead() {
        return ahead;
    }

    /** Whether nothing of it is known here that is not remembered as well. */
    boolean canBeForgotten() {
        return ahead.isEmpty();
    }
}
