package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Head;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are being decided about: those used last, and all of which something is not remembered yet. The others
 * are in the memory, and are made again from it when they are needed.
 */
final class Runs {

    private final Memory memory;
    private final Function<String, Plan> plans;
    private final int most;
    private final LinkedHashMap<String, Open> open = new LinkedHashMap<>(64, 0.75f, true);

    Runs(Memory memory, Function<String, Plan> plans, int most) {
        this.memory = memory;
        this.plans = plans;
        this.most = most;
    }

    /** The run, or null if nobody knows it. */
    @Nullable
    Open find(String runId) throws UnreadableEventException {
        Open known = open.get(runId);
        if (known != null) {
            return known;
        }
        Head head = memory.head(runId);
        if (head == null) {
            return null;
        }
        Open loaded = load(runId, head, List.of());
        if (loaded.run.sequence() != head.next() && memory.deleted(runId)) {
            return null; // its batches have gone meanwhile
        }
        keep(loaded);
        return loaded;
    }

    /** A run of which nothing is known yet. It is kept when something was decided about it. */
    Open begin(String runId, String workspace) {
        return new Open(new Run(runId, plans), workspace, 0);
    }

    /** The runs that are not over, and whose ids begin so. */
    List<String> going(String prefix) {
        Set<String> going = new TreeSet<>(memory.open(prefix));
        for (Open one : open.values()) {
            if (one.run.id().startsWith(prefix)) {
                boolean goes = one.run.exists() && !one.run.status().over();
                if (goes) {
                    going.add(one.run.id());
                } else {
                    going.remove(one.run.id());
                }
            }
        }
        return List.copyOf(going);
    }

    void forget(String runId) {
        open.remove(runId);
    }

    void keep(Open one) {
        open.put(one.run.id(), one);
        if (open.size() > most) {
            forgetSome();
        }
    }

    /** Makes a run again from what was journalled of it: a decision about it was left half done. */
    Open again(Open broken) throws UnreadableEventException {
        Head head = new Head(0, broken.due, Head.State.OPEN);
        Open made = load(broken.run.id(), head, broken.ahead());
        broken.ahead().forEach(made::journalled);
        made.trace = made.trace == null ? broken.trace : made.trace;
        open.put(made.run.id(), made);
        return made;
    }

    private Open load(String runId, Head head, Iterable<Journal.Batch> ahead) throws UnreadableEventException {
        Run run = new Run(runId, plans);
        String workspace = Metas.DEFAULT_WORKSPACE;
        String trace = null;
        for (WorkflowEvent record : memory.batches(runId)) {
            workspace = record.getMeta().getWorkspace();
            trace = trace == null ? record.getMeta().getTrace() : trace;
            if (record.getSequence() == run.sequence()) { // of a run that is being deleted, some may have gone
                apply(run, Journal.batch(record));
            }
        }
        for (Journal.Batch batch : ahead) {
            workspace = batch.workspace();
            if (batch.sequence() == run.sequence()) {
                apply(run, batch);
            }
        }
        Open loaded = new Open(run, workspace, head.due());
        loaded.trace = trace;
        return loaded;
    }

    private static void apply(Run run, Journal.Batch batch) {
        for (Entry entry : batch.entries()) {
            run.apply(entry.event(), entry.atMs());
        }
    }

    /** The memory has the run up to this event. */
    void remembered(String runId, Head head) {
        Open one = open.get(runId);
        if (one != null) {
            one.remembered(head.next());
            if (one.canBeForgotten() && (head.over() || open.size() > most)) {
                open.remove(runId);
            }
        }
    }

    private void forgetSome() {
        Iterator<Map.Entry<String, Open>> eldest = open.entrySet().iterator();
        for (int looked = 0; looked < 10 && open.size() > most && eldest.hasNext(); looked++) {
            if (eldest.next().getValue().canBeForgotten()) {
                eldest.remove();
            }
        }
    }

    int size() {
        return open.size();
    }
}
