package io.breadcrumbs.engine.schedule;

import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.schemas.Overlap;
import io.breadcrumbs.schemas.Tick;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.schedule.TickRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says when the run of a schedule's tick may begin, if that of an earlier one is not over. One thread at a time. */
public final class Overlaps {

    /** So many ticks of a schedule may wait. */
    private static final int MOST_WAITING = 1_000;

    private final Durably by;
    private final Function<String, List<String>> going;
    /** Runs that wait in the inbox, by how the ids of their schedule's runs begin. */
    private final Map<String, Set<String>> waiting = new HashMap<>();

    /** @param going the runs that are not over, and whose ids begin so */
    public Overlaps(Durably by, Function<String, List<String>> going) {
        this.by = by;
        this.going = going;
    }

    /** What becomes of a start. */
    public sealed interface Verdict {

        record Begins() implements Verdict {}

        /** It stays in the inbox until {@link #frees} says so. */
        record Waits() implements Verdict {}

        record LeftOut(String why) implements Verdict {}
    }

    /** What becomes of a message; only starts by schedules may be held up. */
    public Verdict judge(Message message) {
        Tick tick = message.body() instanceof WorkflowCommand command ? command.getTick() : null;
        String prefix = tick == null ? null : TickRun.prefix(message.runId());
        Overlap overlap = tick == null ? Overlap.ALLOW : tick.getOverlap();
        if (prefix == null || overlap == Overlap.ALLOW || overlap == Overlap.UNKNOWN) {
            return new Verdict.Begins();
        }
        List<String> before = going.apply(prefix).stream()
                .filter(runId -> !runId.equals(message.runId()) && prefix.equals(TickRun.prefix(runId)))
                .toList();
        if (before.isEmpty()) {
            return new Verdict.Begins();
        }
        Set<String> held = waiting.computeIfAbsent(prefix, _ -> new HashSet<>());
        if (overlap == Overlap.SKIP || held.size() >= MOST_WAITING) {
            return new Verdict.LeftOut("run " + before.getFirst() + ", of an earlier tick, is not over");
        }
        held.add(message.runId());
        if (overlap == Overlap.CANCEL) {
            before.forEach(runId -> cancel(runId, message));
        }
        return new Verdict.Waits();
    }

    /** As often as the message is looked at it is the same command. */
    private void cancel(String runId, Message message) {
        String id = runId + "/overlap/" + message.runId();
        WorkflowCommand cancel = WorkflowCommand.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.WORKFLOW_COMMAND,
                        id,
                        ((WorkflowCommand) message.body()).getMeta().getWorkspace(),
                        by.bus().instance(),
                        by.time().now()))
                .setCommandId(id)
                .setRunId(runId)
                .setKind(WorkflowCommandKind.CANCEL)
                .setReason("the next tick of its schedule has come")
                .setRequestedBy(((WorkflowCommand) message.body()).getRequestedBy())
                .build();
        by.publish(Draft.of(Catalogue.WORKFLOW_COMMAND, runId, cancel));
    }

    /** A run is over: whether others wait for that. */
    public boolean frees(String runId) {
        String prefix = TickRun.prefix(runId);
        @Nullable Set<String> held = prefix == null ? null : waiting.remove(prefix);
        return held != null && !held.isEmpty();
    }
}
