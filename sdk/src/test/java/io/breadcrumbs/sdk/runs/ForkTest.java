package io.breadcrumbs.sdk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.StepOutput;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ForkTest {

    private static final String PAIR = """
            {"name": "pair", "steps": [
              {"id": "a", "tool": "echo", "input": "{input}"}, {"id": "b", "tool": "slow", "input": "${a}"}]}
            """;
    private static final Entry.Destination ANYWHERE = new Entry.Destination("tool.request.v1", 0);

    private static final Event.Origin ORIGIN = new Event.Origin("pair", "bob", null, 0);

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 4, Faults.NONE);
    private final Bus bus = MemoryBus.in(cluster.process("me"), MemoryBus.wire(), scheduler);
    private final Runs runs = new Runs(bus, "ada", Runnable::run);

    @Test
    void shouldSendWhatTheRunHasDone() {
        // Given
        journal("old", PAIR, "\"x\"");

        // When
        Forked forked = fork(new Fork("new", "old", "b", null, null, "{\"edited\": true}"));

        // Then
        assertThat(forked).isInstanceOf(Forked.Published.class);
        WorkflowCommand command = commands().getFirst();
        assertThat(command.getKind()).isEqualTo(WorkflowCommandKind.FORK);
        assertThat(command.getRunId()).isEqualTo("new");
        assertThat(command.getCommandId()).as("as a start's: a run begins once").isEqualTo("new/start");
        assertThat(command.getMeta().getWorkspace()).isEqualTo("team");
        assertThat(command.getName()).isEqualTo("pair");
        assertThat(command.getDefinition()).isEqualTo(PAIR);
        assertThat(command.getPayload()).isEqualTo("\"x\"");
        assertThat(command.getRequestedBy()).isEqualTo("ada");
        assertThat(command.getGiven()).containsExactly(new StepOutput("a", "\"x\""));
        assertThat(command.getFork()).isEqualTo(new io.breadcrumbs.schemas.Fork("old", "b", "{\"edited\": true}"));
    }

    @Test
    void shouldTakeAnotherWorkflowAndInput() {
        // Given
        journal("old", PAIR, "\"x\"");
        String other =
                "{\"name\": \"other\", \"steps\": [{\"id\": \"a\", \"wait\": \"1h\"}, {\"id\": \"c\", \"tool\": \"t\"}]}";

        // When
        fork(new Fork("new", "old", "c", other, "7", null));

        // Then
        WorkflowCommand command = commands().getFirst();
        assertThat(command.getName()).isEqualTo("other");
        assertThat(command.getDefinition()).isEqualTo(other);
        assertThat(command.getPayload()).isEqualTo("7");
        assertThat(command.getGiven()).as("what does something else now").isEmpty();
    }

    @Test
    void shouldSendNothingThatMakesNoSense() {
        journal("old", PAIR, "\"x\"");

        assertThat(refused(Fork.of("new", "nobody", "a")).code()).isEqualTo("NO_RUN");
        assertThat(refused(Fork.of("new", "old", "z")).message()).contains("'z'", "it has a, b");
        assertThat(refused(new Fork("new", "old", "a", "{}", null, null)).code())
                .isEqualTo("BAD_DEFINITION");
        assertThat(commands()).isEmpty();
    }

    @Test
    void shouldSayThatWhatItIsGivenIsTooLarge() {
        // Given
        journal("old", PAIR, Json.of("é".repeat(130_000)).toString());

        // When
        RunError why = refused(Fork.of("new", "old", "b"));

        // Then
        assertThat(why.code()).isEqualTo("TOO_LARGE");
        assertThat(why.message()).contains("480000 bytes", "260003 of them for the outputs of steps");
        assertThat(commands()).isEmpty();
    }

    /** What an engine has decided about a run, as the log has it. */
    private void journal(String runId, String definition, String input) {
        WorkflowTrial trial =
                new WorkflowTrial(definition).with("echo", one -> one).start(input);
        int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, runId);
        Position takeover = publish("takeover", Journal.takeover("takeover", bus.instance(), Instant.EPOCH), partition);
        long sequence = 0;
        for (Event event : trial.events()) {
            Event named = event instanceof Event.Started one
                    ? new Event.Started(one.source(), one.input(), ORIGIN, one.deadline(), one.given())
                    : event;
            List<Entry> entries = List.of(new Entry(named, 1_000, ANYWHERE));
            Journal.Batch batch =
                    new Journal.Batch(runId, "team", takeover.offset(), sequence, "input/" + sequence, -1, 0, entries);
            publish(batch.key(), Journal.record(batch, bus.instance(), Instant.EPOCH), partition);
            sequence++;
        }
    }

    private Position publish(String key, WorkflowEvent record, int partition) {
        CompletableFuture<Position> durable =
                bus.publish(Draft.of(Catalogue.WORKFLOW_EVENT, key, record).to(partition));
        scheduler.run(Duration.ofMillis(100));
        return durable.join();
    }

    private Forked fork(Fork fork) {
        CompletableFuture<Forked> forked = runs.fork(fork);
        scheduler.run(Duration.ofSeconds(1));
        return forked.join();
    }

    private RunError refused(Fork fork) {
        Forked forked = fork(fork);
        assertThat(forked).isInstanceOf(Forked.Refused.class);
        return ((Forked.Refused) forked).why();
    }

    private List<WorkflowCommand> commands() {
        List<WorkflowCommand> commands = new ArrayList<>();
        bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), (breadcrumb, _, _) -> commands.add(breadcrumb.body()));
        scheduler.run(Duration.ofSeconds(1));
        return commands;
    }
}
