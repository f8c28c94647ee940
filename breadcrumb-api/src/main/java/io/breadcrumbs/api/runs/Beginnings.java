package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins runs under ids that callers chose: the same start again is the first one, a different one is refused. The
 * first start in the log begins the run, whoever has published it.
 */
final class Beginnings {

    private final RunView view;

    Beginnings(RunView view) {
        this.view = view;
    }

    /** Begins a run, unless there is one under its id; another one is a problem. */
    void once(String runId, Wanted wanted, Supplier<Asked> publish) {
        String missing = view.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
        RunLine line = find(runId);
        Position mine = null;
        if (line == null) {
            Position published = publish.get().position();
            Waiting.read(runId, () -> view.seen(published));
            line = find(runId);
            mine = published;
        }
        if (line != null && !isSame(line, wanted, mine)) {
            throw new ProblemException(
                    ProblemCode.EXISTS,
                    "expected an id that no run has, or the same workflow and input again, got " + line.runId());
        }
    }

    private @Nullable RunLine find(String runId) {
        RunLine line = view.find(runId);
        if (line == null && view.wasDeleted(runId)) {
            throw new ProblemException(
                    ProblemCode.EXISTS, "expected an id that no run has or had lately, got that of a deleted one");
        }
        return line;
    }

    /** @param mine where the start stands that was published for this; null: none was */
    private boolean isSame(RunLine line, Wanted wanted, @Nullable Position mine) {
        Event.Started started = started(line);
        if (started != null && !started.source().isEmpty()) {
            return wanted.is(line.workspace(), started);
        }
        // nobody has decided, or what was decided does not say what was wanted
        Position first = line.start();
        return first != null
                && (first.equals(mine)
                        || Waiting.within(view.start(line), "the run's start")
                                .filter(wanted::is)
                                .isPresent());
    }

    /** With what a run began; null if it has not. */
    Event.@Nullable Started started(RunLine line) {
        long next = 0;
        while (true) {
            List<Journal.Batch> batches = Waiting.within(view.decisions(line, next, 1), "the run's journal");
            if (batches.isEmpty()) {
                return null;
            }
            for (Entry entry : batches.getFirst().entries()) {
                if (entry.event() instanceof Event.Started started) {
                    return started;
                }
            }
            next = batches.getFirst().sequence() + batches.getFirst().entries().size();
        }
    }
}
