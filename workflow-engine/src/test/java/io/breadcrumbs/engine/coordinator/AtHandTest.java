package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.memory.Head;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs an engine keeps at hand. */
class AtHandTest {

    private static final int MOST = 2;
    private static final int BURST = 70;

    private final Runs runs = new Runs(new Memory(new MemoryRows(), EngineSimulation.WIRE), AtHandTest::plan, MOST);

    private static Plan plan(String source) {
        throw new AssertionError("no run begins here: " + source);
    }

    private static String id(int number) {
        return "run-" + number;
    }

    private void decide(int number) {
        Open one = new Open(new Run(id(number), AtHandTest::plan), Metas.DEFAULT_WORKSPACE, 0);
        one.journalled(
                new Journal.Batch(id(number), Metas.DEFAULT_WORKSPACE, 1, 0, "command/" + number, 0, 0, List.of()));
        runs.keep(one);
    }

    @Test
    void shouldKeepWhatTheMemoryDoesNotHaveAndForgetTheRestAsSoonAsItHas() {
        for (int i = 0; i < BURST; i++) {
            decide(i);
        }
        assertThat(runs.size()).as("none of it is remembered").isEqualTo(BURST);

        for (int i = 0; i < BURST; i++) {
            runs.remembered(id(i), new Head(1, 0, Head.State.OPEN));
        }
        assertThat(runs.size()).as("all of it is, and nobody decides any more").isEqualTo(MOST);
    }
}
