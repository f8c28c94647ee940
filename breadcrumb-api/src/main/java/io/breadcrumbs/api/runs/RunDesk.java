package io.breadcrumbs.api.runs;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.runs.Forked;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What callers ask of runs, in their name and their workspace. Blocks. */
public final class RunDesk {

    private static final int AT_ONCE = 200;

    private final Bus bus;
    private final Time time;
    private final RunView view;
    private final int openRuns;
    private final WorkflowDesk workflows;
    private final Beginnings beginnings;
    private final Conditions conditions = new CelConditions();
    private final Plans plans = new Plans(conditions);

    /** @param openRuns so many that are not over one caller may have when it starts another one; 0: any number */
    public RunDesk(Bus bus, Time time, RunView view, int openRuns, WorkflowDesk workflows) {
        this.bus = bus;
        this.time = time;
        this.view = view;
        this.openRuns = openRuns;
        this.workflows = workflows;
        beginnings = new Beginnings(view);
    }

    // ------------------------------------------------------------------ starting

    /**
     * Starts what a body says; returns when it is durable.
     *
     * @return the run's id
     */
    public String start(Caller caller, @Nullable String body) {
        StartBody asked = StartBody.read(body, conditions);
        String definition = definition(caller, asked);
        String input = asked.input().toString();
        if (definition.length() + input.length() > Start.MOST_CHARACTERS) {
            throw StartBody.tooLarge(definition.length() + input.length());
        }
        String chosen = asked.threadId();
        String runId = chosen == null ? UUID.randomUUID().toString() : chosen;
        Duration limit = asked.limit();
        Start start = new Start(
                runId,
                chosen == null,
                caller.workspace(),
                asked.name(),
                definition,
                input,
                limit == null ? null : time.now().plus(limit));
        if (chosen == null) {
            Asked durable = durable(caller, start);
            Waiting.read(runId, () -> view.seen(durable.position())); // nobody else has the id
        } else {
            beginnings.once(
                    runId, new Wanted(caller.workspace(), definition, input, null), () -> durable(caller, start));
        }
        return runId;
    }

    private Asked durable(Caller caller, Start start) {
        demandRoom(caller);
        return Waiting.durable(start.runId(), runs(caller).start(start));
    }

    /** Those that are being started at this moment are not counted yet. */
    private void demandRoom(Caller caller) {
        if (openRuns > 0 && view.open(caller.workspace(), caller.name()) >= openRuns) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY,
                    "expected at most " + openRuns + " runs of " + caller.name() + " that are not over, got one more");
        }
    }

    private String definition(Caller caller, StartBody asked) {
        Definition given = asked.definition();
        if (given != null) {
            return given.source().toString();
        }
        return workflows
                .find(caller, String.valueOf(asked.stored()), asked.version())
                .definition();
    }

    private Runs runs(Caller caller) {
        return new Runs(bus, caller.name()).in(caller.workspace());
    }

    // ------------------------------------------------------------------ looking

    /** The run of this id in the caller's workspace. */
    public RunLine line(Caller caller, String runId) {
        RunLine line = find(caller, runId);
        if (line == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the id of a run of workspace " + caller.workspace() + ", got " + runId);
        }
        return line;
    }

    /** The same; null if there is none. */
    @Nullable
    RunLine find(Caller caller, String runId) {
        ready();
        RunLine line = view.find(runId);
        return line == null || !line.workspace().equals(caller.workspace()) ? null : line;
    }

    private void ready() {
        String missing = view.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
    }

    /** How a run stands, for callers. */
    public JsonObject status(Caller caller, String runId) {
        RunLine line = line(caller, runId);
        return RunShapes.status(line, followed(line));
    }

    /** The fold of a run's events. */
    public Followed followed(RunLine line) {
        Followed followed = new Followed(line.runId(), plans);
        each(line, followed::take);
        if (line.dead()) {
            followed.unreadable("a newer version wrote it");
        }
        return followed;
    }

    /** Shows all decisions about a run, in their order. */
    void each(RunLine line, java.util.function.Consumer<Journal.Batch> reader) {
        long next = 0;
        while (true) {
            List<Journal.Batch> some = Waiting.within(view.decisions(line, next, AT_ONCE), "the run's journal");
            if (some.isEmpty()) {
                return;
            }
            some.forEach(reader);
            Journal.Batch last = some.getLast();
            next = last.sequence() + last.entries().size();
        }
    }

    /** Some decisions of a run from that event on, with all that the journal has of them. */
    public List<Journalled> history(RunLine line, long from, int limit) {
        return Waiting.within(view.recorded(line, from, limit), "the run's journal");
    }

    /** What a viewer of a run sees who has seen the events before this one. */
    public Source source(RunLine line, long from) {
        return new RunSource(view, line, from, plans);
    }

    /** Whether a run is over, and nothing more will be told of it to who has seen the events before this one. */
    public boolean isToldOut(RunLine line, long from) {
        if (!line.over()) {
            return false;
        }
        RunEvents events = new RunEvents(line.runId(), plans, line::isRejected);
        boolean[] more = {false};
        each(line, batch -> more[0] |= !events.frames(batch, from).isEmpty());
        return !more[0];
    }

    /** The runs of a workspace, the newest first. */
    public List<RunLine> page(Caller caller, RunFilter filter, RunLine.@Nullable Order behind, int limit) {
        ready();
        return view.page(caller.workspace(), filter, behind, limit);
    }

    /** Whether a run has had so many events, as far as the log knows by now. */
    public boolean hasHad(RunLine line, long events) {
        if (line.events() < events) {
            view.upToNow(line); // another instance may have shown more than this one has read
        }
        return line.events() >= events;
    }

    /** Whether a run is over, at once or within that time. */
    public boolean awaitEnd(RunLine line, Duration atMost) {
        return Waiting.until(line, atMost, line::over) || line.over();
    }

    /** Whether a run has an event of this number or was deleted, at once or within that time. */
    public boolean awaitEvent(RunLine line, long event, Duration atMost) {
        return Waiting.until(line, atMost, () -> line.events() > event || line.dead());
    }

    // ------------------------------------------------------------------ controlling

    /** Something that a run can be asked for. */
    @FunctionalInterface
    public interface Command {
        CompletableFuture<Asked> to(Runs runs);
    }

    /**
     * What became of something that was asked for.
     *
     * @param inputId by which the run's journal names it
     * @param isSo whether it has been decided; if not, it will be
     */
    public record Decided(String inputId, boolean isSo) {}

    /**
     * Asks something of a run, and waits for the decision.
     *
     * @throws ProblemException if it makes no sense now
     */
    public Decided ask(Caller caller, String runId, Command command) {
        RunLine line = line(caller, runId);
        AtomicLong next = new AtomicLong(line.events());
        Asked asked = Waiting.durable(runId, command.to(runs(caller)));
        return new Decided(
                asked.inputId(), Waiting.until(line, Waiting.PATIENCE, () -> isDecided(line, asked.inputId(), next)));
    }

    /** @param next the first event that has not been looked at */
    private boolean isDecided(RunLine line, String inputId, AtomicLong next) {
        for (Journal.Batch batch : Waiting.within(view.decisions(line, next.get(), AT_ONCE), "the run's journal")) {
            next.set(batch.sequence() + batch.entries().size());
            if (batch.inputId().equals(inputId)) {
                demandAccepted(batch);
                return true;
            }
        }
        return false;
    }

    private static void demandAccepted(Journal.Batch batch) {
        for (Entry entry : batch.entries()) {
            if (entry.event() instanceof Event.Rejected no) {
                throw new ProblemException(
                        Problem.of(ProblemCode.STATE, no.message()).with("reason", TextNode.valueOf(no.code())));
            }
        }
    }

    /** Forks a run; returns when that is durable. */
    public String fork(Caller caller, Fork fork) {
        Event.Started past = beginnings.started(line(caller, fork.from()));
        if (past == null) {
            throw new ProblemException(
                    Problem.of(ProblemCode.INVALID, "expected a run that has begun, got " + fork.from())
                            .with("reason", TextNode.valueOf("NO_RUN")));
        }
        String definition = fork.definition() == null ? past.source() : fork.definition();
        String input = fork.input() == null ? past.input().toString() : fork.input();
        String stepInput = fork.stepInput();
        Event.Fork from = new Event.Fork(fork.from(), fork.step(), stepInput == null ? null : Value.of(stepInput));
        beginnings.once(
                fork.runId(), new Wanted(caller.workspace(), definition, input, from), () -> forked(caller, fork));
        return fork.runId();
    }

    private Asked forked(Caller caller, Fork fork) {
        demandRoom(caller);
        return switch (Waiting.durable(fork.runId(), runs(caller).fork(fork))) {
            case Forked.Published(Asked asked) -> asked;
            case Forked.Refused(RunError why) ->
                throw new ProblemException(
                        Problem.of(ProblemCode.INVALID, why.message()).with("reason", TextNode.valueOf(why.code())));
        };
    }
}
