package io.breadcrumbs.sdk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunsTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final Bus bus =
            MemoryBus.in(new MemoryCluster(scheduler, 1, Faults.NONE).process("me"), MemoryBus.wire(), scheduler);
    private final List<WorkflowCommand> commands = new ArrayList<>();

    private void askForEverything(Runs runs) {
        runs.cancel("r", "why not");
        runs.pause("r");
        runs.resume("r");
        runs.retry("r");
        runs.delete("r");
        runs.signal("r", "go", null, "{}");
        runs.approve("r", "s", null);
        runs.reject("r", "s");
        bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), (breadcrumb, _, _) -> commands.add(breadcrumb.body()));
        while (scheduler.step(1_000_000)) {
            // goes on
        }
    }

    @Test
    void shouldAskInTheWorkspaceOfTheRun() {
        askForEverything(new Runs(bus, "ada").in("team"));

        assertThat(commands)
                .extracting(WorkflowCommand::getKind)
                .containsExactlyInAnyOrder(Arrays.stream(WorkflowCommandKind.values())
                        .filter(kind -> switch (kind) {
                            case START, FORK, UNKNOWN -> false;
                            default -> true;
                        })
                        .toArray(WorkflowCommandKind[]::new));
        assertThat(commands).allSatisfy(command -> {
            assertThat(command.getMeta().getWorkspace()).isEqualTo("team");
            assertThat(command.getMeta().getAuthor()).isEqualTo("ada");
            assertThat(command.getRequestedBy()).isEqualTo("ada");
        });
    }

    @Test
    void shouldAskInTheDefaultWorkspaceUnlessToldOtherwise() {
        askForEverything(new Runs(bus, "ada"));

        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(
                        command -> assertThat(command.getMeta().getWorkspace()).isEqualTo("default"));
    }
}
