package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.decide.Decider;
import io.breadcrumbs.sdk.workflow.decide.Decision;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.decide.Forking;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepState;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workflow with fake tools, as the engine decides it, on a clock that skips the time in which nothing happens.
 *
 * <pre>
 * WorkflowTrial trial = new WorkflowTrial(definition).with("charge", FakeTool.failing(2, paid)).start("{}");
 * trial.pass(Duration.ofDays(30));
 * assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
 * </pre>
 *
 * <p>After each decision it checks that the fold of the run's events is the run. One thread.
 */
public final class WorkflowTrial {

    private static final long START = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
    private static final String FIRST = "run";
    private static final Entry.Destination SOMEWHERE =
            new Entry.Destination(Catalogue.TOOL_REQUEST.name(), Entry.Destination.BY_KEY);

    private final String source;
    private final Function<String, Plan> plans;
    private final Map<String, String> workflows = new HashMap<>();
    private final Map<String, FakeTool> tools = new HashMap<>();
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Run> folds = new HashMap<>();
    private final Map<String, List<Event>> events = new HashMap<>();
    private final List<Journal.Batch> journal = new ArrayList<>();
    private final List<Event.Request> requests = new ArrayList<>();
    private final Deque<Todo> todo = new ArrayDeque<>();
    private long now = START;

    private record Todo(String runId, Input input) {}

    /** @param plans the plans of definitions */
    WorkflowTrial(String source, Function<String, Plan> plans) {
        this.source = source;
        this.plans = plans;
    }

    /** A trial of this definition. */
    public WorkflowTrial(String source) {
        this(source, new Plans(new CelConditions()));
    }

    /** What stands in for a tool. One without a stand-in never answers. */
    public WorkflowTrial with(String tool, FakeTool fake) {
        tools.put(tool, fake);
        return this;
    }

    /** A stored workflow that steps may name. */
    public WorkflowTrial withWorkflow(String name, String definition) {
        workflows.put(name, definition);
        return this;
    }

    /** Starts the run, and takes it as far as it goes without time passing. */
    public WorkflowTrial start(String input) {
        Event.Origin origin = new Event.Origin(null, "trial", null, 0);
        give(FIRST, new Input.Start(source, Value.of(input), origin, null, List.of()));
        return this;
    }

    /** Forks the run as it stands now: the new trial's run goes its own way from this step on. */
    public WorkflowTrial fork(String step) {
        return fork(step, null);
    }

    /** Forks the run as it stands now; the step gets this input, in which nothing is a template. */
    public WorkflowTrial fork(String step, @Nullable String stepInput) {
        WorkflowTrial forked = new WorkflowTrial(source, plans);
        forked.tools.putAll(tools);
        forked.workflows.putAll(workflows);
        forked.now = now;
        Event.Fork from = new Event.Fork(FIRST, step, stepInput == null ? null : Value.of(stepInput));
        Event.Origin origin = new Event.Origin(null, "trial", null, 0, from);
        List<Event.Given> given = Forking.given(run(), run().plan(), step);
        forked.give(FIRST, new Input.Start(source, run().input(), origin, null, given));
        return forked;
    }

    public WorkflowTrial signal(String name, String payload) {
        return give(new Input.Signal(name, null, Value.of(payload), "trial"));
    }

    public WorkflowTrial approve(String step) {
        return give(new Input.Verdict(step, true, null, "trial"));
    }

    public WorkflowTrial reject(String step) {
        return give(new Input.Verdict(step, false, null, "trial"));
    }

    public WorkflowTrial cancel() {
        return give(new Input.Cancel("trial", "by the test"));
    }

    /** Gives the run an input, and takes it as far as it goes without time passing. */
    public WorkflowTrial give(Input input) {
        give(FIRST, input);
        return this;
    }

    /** Lets time pass: what becomes due meanwhile happens in its order. */
    public WorkflowTrial pass(Duration time) {
        long until = now + time.toMillis();
        Due next = nextDue();
        while (next != null && next.timer().at() <= until) {
            now = Math.max(now, next.timer().at());
            give(next.runId(), new Input.Fire(next.timer()));
            next = nextDue();
        }
        now = until;
        return this;
    }

    // ------------------------------------------------------------------ what came of it

    public RunStatus status() {
        return run().status();
    }

    /** The run's output; null before it has one. */
    public @Nullable Json output() {
        Value output = run().output();
        return output == null ? null : output.json();
    }

    public StepState step(String step) {
        return run().step(step);
    }

    public Run run() {
        return run(FIRST);
    }

    /** A run by its id: a child's is {@code run.step.attempt}. */
    public Run run(String id) {
        return Objects.requireNonNull(runs.get(id), "there is no run " + id);
    }

    /** What was decided about the run, in order. */
    public List<Event> events() {
        return Collections.unmodifiableList(events.getOrDefault(FIRST, List.of()));
    }

    /** The history of the run, as {@code ./crumb run history --json} prints it; {@link RunReplay} reads it. */
    public List<String> history() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < journal.size(); i++) {
            Position position = new Position(new Partition(Catalogue.WORKFLOW_EVENT.name(), 0), i);
            if (journal.get(i).runId().equals(FIRST)) {
                HistoryFile.lines(new Journalled(journal.get(i), "trial", position))
                        .forEach(line -> lines.add(line.toString()));
            }
        }
        return lines;
    }

    /** All requests for tools, in order. */
    public List<Event.Request> requests() {
        return Collections.unmodifiableList(requests);
    }

    /** How much time has passed. */
    public Duration passed() {
        return Duration.ofMillis(now - START);
    }

    // ------------------------------------------------------------------ how it goes

    private record Due(String runId, Timer timer) {}

    private @Nullable Due nextDue() {
        return runs.values().stream()
                .flatMap(run -> run.timers().stream().map(timer -> new Due(run.id(), timer)))
                .min(Comparator.comparingLong((Due due) -> due.timer().at()).thenComparing(Due::runId))
                .orElse(null);
    }

    private void give(String runId, Input input) {
        todo.add(new Todo(runId, input));
        for (Todo next = todo.poll(); next != null; next = todo.poll()) {
            decide(next.runId(), next.input());
        }
    }

    private void decide(String runId, Input input) {
        Run run = runs.computeIfAbsent(runId, id -> new Run(id, plans));
        Run fold = folds.computeIfAbsent(runId, id -> new Run(id, plans));
        Decision decision =
                Decider.decide(run, input, new Facts(now, 0, (_, _) -> new Facts.Tool("1", "default", true)));
        List<Entry> entries = new ArrayList<>();
        for (Event event : decision.events()) {
            fold.apply(event, now);
            events.computeIfAbsent(runId, _ -> new ArrayList<>()).add(event);
            entries.add(new Entry(event, now, SOMEWHERE));
        }
        if (!entries.isEmpty()) {
            long sequence = run.sequence() - entries.size();
            String inputId = Recorded.idOf(input, sequence);
            journal.add(new Journal.Batch(runId, Metas.DEFAULT_WORKSPACE, 0, sequence, inputId, -1, 0, entries));
        }
        String expected = Portrait.of(run);
        if (!Portrait.of(fold).equals(expected)) {
            throw new AssertionError(
                    "the fold of the events is not the run: expected " + expected + ", got " + Portrait.of(fold));
        }
        decision.events().forEach(event -> effect(run, event));
        if (decision.more()) {
            todo.add(new Todo(runId, new Input.Continue()));
        }
    }

    private void effect(Run run, Event event) {
        switch (event) {
            case Event.Asked asked -> request(run.id(), asked.request());
            case Event.Undoing undoing -> request(run.id(), undoing.request());
            case Event.Called called -> call(run, called.child());
            case Event.Stopping stopping -> cancelChildren(run, stopping);
            case Event.Ended ended -> answerParent(run, ended);
            default -> {}
        }
    }

    private void request(String runId, Event.Request request) {
        requests.add(request);
        FakeTool tool = tools.get(request.tool());
        if (tool == null) {
            return;
        }
        Input.Answer answer;
        try {
            Json output = tool.execute(request.input().json());
            answer = new Input.Answer(request.id(), Value.of(output), null);
        } catch (FakeFailure e) {
            answer = new Input.Answer(request.id(), null, e.error());
        }
        todo.add(new Todo(runId, answer));
    }

    private void call(Run run, Event.Child child) {
        String definition = child.source() == null ? workflows.get(child.name()) : child.source();
        Event.Parent parent = new Event.Parent(run.id(), child.requestId());
        Event.Origin origin =
                new Event.Origin(child.name(), "trial", parent, run.origin().depth() + 1);
        String given = definition == null ? "there is no workflow " + child.name() : definition;
        todo.add(new Todo(
                child.runId(), new Input.Start(given, child.input(), origin, child.deadline() - now, List.of())));
    }

    private void cancelChildren(Run parent, Event.Stopping stopping) {
        for (Run run : runs.values()) {
            Event.Parent above = run.origin().parent();
            if (above != null
                    && parent.id().equals(above.runId())
                    && !run.status().over()) {
                todo.add(new Todo(
                        run.id(), new Input.Cancel("trial", stopping.error().message())));
            }
        }
    }

    private void answerParent(Run run, Event.Ended ended) {
        Event.Parent parent = run.origin().parent();
        if (parent != null && parent.runId() != null) {
            todo.add(new Todo(parent.runId(), new Input.Answer(parent.requestId(), ended.output(), ended.error())));
        }
    }
}
