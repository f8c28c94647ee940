package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The commands that stand in the log, decided about or not. */
final class Commands {

    private Commands() {}

    /** Those about a run, in their order. Blocks. */
    static List<WorkflowCommand> about(Bus bus, String runId, Duration atMost)
            throws InterruptedException, TimeoutException {
        int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, runId);
        return read(
                bus,
                new TailFrom<>(Catalogue.WORKFLOW_COMMAND, Map.of(partition, TailFrom.BEGINNING)),
                command -> command.getRunId().equals(runId),
                atMost);
    }

    /** All that are so; those about one run in their order. Blocks. */
    static List<WorkflowCommand> all(Bus bus, Predicate<WorkflowCommand> wanted, Duration atMost)
            throws InterruptedException, TimeoutException {
        return read(bus, TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), wanted, atMost);
    }

    private static List<WorkflowCommand> read(
            Bus bus, TailFrom<WorkflowCommand> from, Predicate<WorkflowCommand> wanted, Duration atMost)
            throws InterruptedException, TimeoutException {
        Queue<WorkflowCommand> found = new ConcurrentLinkedQueue<>();
        try (Tail tail = bus.tail(from, (breadcrumb, _, _) -> {
            WorkflowCommand command = breadcrumb.value();
            if (command != null && wanted.test(command)) {
                found.add(command);
            }
        })) {
            tail.caughtUp().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the commands cannot be read: " + e.getCause(), e);
        }
        return List.copyOf(found);
    }

    /** Whether a command asks for a run that does not exist yet. */
    static boolean begins(WorkflowCommand command) {
        return command.getKind() == WorkflowCommandKind.START || command.getKind() == WorkflowCommandKind.FORK;
    }

    /** How the journal names the decision about a command. */
    static String inputId(WorkflowCommand command) {
        return "command/" + command.getCommandId();
    }
}
