package io.breadcrumbs.api.runs.view;

import static io.breadcrumbs.api.runs.view.Chronicle.ENDED;
import static io.breadcrumbs.api.runs.view.Chronicle.IGNORED;
import static io.breadcrumbs.api.runs.view.Chronicle.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunViewTest {

    private final Chronicle log = new Chronicle();

    @TempDir
    private Path folder;

    private RunView view;

    @BeforeEach
    void begin() throws IOException {
        view = view();
        log.pass();
    }

    private RunView view() throws IOException {
        return new RunView(log.bus, log.process, log.process::execute, folder);
    }

    private RunLine line(String run) {
        return Objects.requireNonNull(view.find(run));
    }

    private String status(String run) {
        return line(run).summary().status();
    }

    private List<Journal.Batch> decisions(String run, long from, int atMost) {
        CompletableFuture<List<Journal.Batch>> all = view.decisions(line(run), from, atMost);
        log.pass();
        return all.join();
    }

    @Test
    void shouldKnowARunBeforeAnybodyHasDecidedAboutIt() {
        CompletableFuture<?> asked = new Runs(log.bus, "me").start(Start.of("r", "[]", "{}"));
        log.pass();

        assertThat(asked).isCompleted();
        assertThat(status("r")).isEqualTo(Summary.ACCEPTED);

        log.decided("r", "engine-1", 0, STARTED);
        assertThat(status("r")).isEqualTo("running");
        assertThat(line("r").summary().name()).isEqualTo("sum");

        log.decided("r", "engine-1", 1, ENDED);
        assertThat(status("r")).isEqualTo("completed");
        assertThat(line("r").over()).isTrue();
    }

    @Test
    void shouldKnowTheFirstStartUnderAnId() throws IOException {
        CompletableFuture<Asked> first = new Runs(log.bus, "me").start(Start.of("r", "[1]", "{}"));
        log.pass();
        new Runs(log.bus, "me").start(Start.of("r", "[2]", "{}"));
        log.decided("r", "engine-1", 0, STARTED);
        log.decided("unasked", "engine-1", 0, STARTED);

        assertThat(line("r").start()).isEqualTo(first.join().position());
        assertThat(line("unasked").start()).isNull();
        CompletableFuture<Optional<WorkflowCommand>> read = view.start(line("r"));
        log.pass();
        assertThat(read.join()).map(WorkflowCommand::getDefinition).contains("[1]");

        view.close();
        view = view();
        log.pass();
        assertThat(line("r").start()).isEqualTo(first.join().position());
    }

    @Test
    void shouldSayThatAStartWasRejected() {
        new Runs(log.bus, "me").start(Start.of("r", "[]", "{}"));
        log.decided("r", "engine-1", 0, new Event.Rejected("NO_STEPS", "it has none"));

        assertThat(status("r")).isEqualTo(Summary.REJECTED);
        assertThat(line("r").over()).isTrue();
        assertThat(line("r").rejected()).isEqualTo(new Event.Rejected("NO_STEPS", "it has none"));
    }

    @Test
    void shouldTakeNothingOfAnOwnerThatWasDeposed() {
        log.decided("r", "engine-1", 0, STARTED);
        long before = log.epoch("r");
        log.takeOver("engine-2");
        log.decided("r", "engine-1", before, 1, ENDED);

        assertThat(status("r")).isEqualTo("running");

        log.decided("r", "engine-2", 1, ENDED);
        assertThat(status("r")).isEqualTo("completed");
    }

    @Test
    void shouldTakeADecisionOnce() {
        log.decided("r", "engine-1", 0, STARTED);
        log.decided("r", "engine-1", 1, IGNORED, IGNORED);
        log.decided("r", "engine-1", 1, IGNORED, IGNORED);
        log.decided("r", "engine-1", 3, ENDED);

        assertThat(line("r").events()).isEqualTo(4);
        assertThat(status("r")).isEqualTo("completed");
    }

    @Test
    void shouldGiveDecisionsFromAnyEventOn() {
        log.decided("r", "engine-1", 0, STARTED);
        log.decided("r", "engine-1", 1, IGNORED, IGNORED);
        log.decided("r", "engine-1", 3, IGNORED);

        assertThat(decisions("r", 0, 10)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L, 3L);
        assertThat(decisions("r", 2, 10)).extracting(Journal.Batch::sequence).containsExactly(1L, 3L);
        assertThat(decisions("r", 3, 10)).extracting(Journal.Batch::sequence).containsExactly(3L);
        assertThat(decisions("r", 4, 10)).isEmpty();
        assertThat(decisions("r", 0, 2)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L);
    }

    @Test
    void shouldReadFromTheLogWhatItDoesNotKeep() throws IOException {
        view.close();
        view = new RunView(log.bus, log.process, log.process::execute, folder, 1);
        log.pass();
        log.decided("r", "engine-1", 0, STARTED);
        log.decided("r", "engine-1", 1, IGNORED);
        log.decided("other", "engine-1", 0, STARTED);

        assertThat(decisions("r", 0, 10)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L);
    }

    @Test
    void shouldComeToTheSameWhenItBeginsAnew() throws IOException {
        log.decided("r", "engine-1", 0, STARTED);
        log.decided("r", "engine-1", 1, ENDED);
        new Runs(log.bus, "me").start(Start.of("open", "[]", "{}"));
        log.pass();
        view.close();
        Files.delete(folder.resolve("runs"));

        view = view();
        log.pass();

        assertThat(view.missing()).isNull();
        assertThat(status("r")).isEqualTo("completed");
        assertThat(status("open")).isEqualTo(Summary.ACCEPTED);
    }

    @Test
    void shouldListTheNewestFirstPageByPage() {
        for (int i = 0; i < 7; i++) {
            log.decided("r" + i, "engine-1", 0, STARTED);
        }
        List<String> seen = new ArrayList<>();
        RunLine.Order behind = null;
        List<RunLine> page = view.page("default", _ -> true, behind, 3);
        while (!page.isEmpty()) {
            page.forEach(line -> seen.add(line.runId()));
            behind = page.getLast().order();
            page = view.page("default", _ -> true, behind, 3);
        }

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(view.page("other", _ -> true, null, 3)).isEmpty();
    }

    @Test
    void shouldTellWatchersOfEachDecisionUntilTheyLeave() {
        log.decided("r", "engine-1", 0, STARTED);
        List<Long> seen = new ArrayList<>();
        Runnable leave = line("r").watch(() -> seen.add(line("r").events()));

        log.decided("r", "engine-1", 1, IGNORED);
        log.decided("other", "engine-1", 0, STARTED);
        log.decided("r", "engine-1", 2, IGNORED);
        leave.run();
        log.decided("r", "engine-1", 3, ENDED);

        assertThat(seen).containsExactly(2L, 3L);
        assertThat(line("r").watchers()).isEmpty();
    }

    private void started(String run, String by, int depth) {
        log.decided(
                run,
                "engine-1",
                0,
                new Event.Started("[]", Value.of("{}"), new Event.Origin("sum", by, null, depth), null, List.of()));
    }

    @Test
    void shouldCountTheOpenRunsOfEachCallerUntilTheyAreOver() throws IOException {
        new Runs(log.bus, "ann").start(Start.of("a1", "[]", "{}"));
        new Runs(log.bus, "ann").start(Start.of("a2", "[]", "{}"));
        new Runs(log.bus, "ann").start(Start.of("a3", "[]", "{}"));
        log.pass();
        started("a1", "ann", 0);
        started("a1.child.1", "ann", 1);
        started("b1", "bob", 0);

        assertThat(view.open("default", "ann")).isEqualTo(3);
        assertThat(view.open("default", "bob")).isOne();
        assertThat(view.open("other", "ann")).isZero();

        log.decided("a1", "engine-1", 1, ENDED);
        log.decided("a2", "engine-1", 0, new Event.Rejected("NO_STEPS", "it has none"));
        assertThat(view.open("default", "ann")).isOne();
        view.close();
        view = view();
        log.pass();
        assertThat(view.open("default", "ann")).isOne();

        log.decided("a1", "engine-1", 2, new Event.Retried("ann", null));
        assertThat(view.open("default", "ann")).isEqualTo(2);
        log.decided("a1", "engine-1", 3, ENDED);
        log.decided("a3", "engine-1", 0, new Event.Deleted("ann"));
        log.decided("b1", "engine-1", 1, ENDED);
        assertThat(view.open("default", "ann")).isZero();
        assertThat(view.open("default", "bob")).isZero();
    }

    @Test
    void shouldCountRunsByStatus() {
        IntStream.range(0, 3).forEach(i -> log.decided("r" + i, "engine-1", 0, STARTED));
        log.decided("r0", "engine-1", 1, ENDED);

        assertThat(view.count("running")).isEqualTo(2);
        assertThat(view.count("completed")).isEqualTo(1);
    }
}
