package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a decision in a journal rested on, as far as the journal tells: its input, the time, and the tools. */
record Recorded(Journal.Batch batch) {

    private static final String COMMAND = "command/";
    private static final String ANSWER = "answer/";
    private static final String TIMER = "timer/";
    private static final String CONTINUE = "continue/";

    /** The name that the journal gives to an input; the number tells commands apart. */
    static String idOf(Input input, long number) {
        return switch (input) {
            case Input.Answer answer -> ANSWER + answer.requestId();
            case Input.Fire(Timer timer) ->
                TIMER + timer.kind() + "/" + timer.place() + "/" + timer.attempt() + "/" + timer.at();
            case Input.Fail fail -> {
                Input.Answer answer = fail.answer();
                yield answer == null ? CONTINUE + number : ANSWER + answer.requestId();
            }
            case Input.Continue _ -> CONTINUE + number;
            default -> COMMAND + number;
        };
    }

    Event first() {
        return batch.entries().getFirst().event();
    }

    List<Event> events() {
        return batch.entries().stream().map(Entry::event).toList();
    }

    /** The time of the decision. */
    long now() {
        return batch.entries().getFirst().atMs();
    }

    /**
     * The input, or null if the journal does not tell it: of what was rejected and ignored it says why, not what was
     * asked.
     *
     * @param before the run before the decision
     */
    @Nullable
    Input input(Run before) {
        String id = batch.inputId();
        if (first() instanceof Event.Rejected || first() instanceof Event.Ignored) {
            return null;
        }
        if (first() instanceof Event.Deleted deleted) {
            return new Input.Delete(deleted.by());
        }
        RunError fault = id.startsWith(COMMAND) ? null : fault();
        if (fault != null) {
            return failure(fault);
        }
        if (id.startsWith(CONTINUE)) {
            return new Input.Continue();
        }
        if (id.startsWith(TIMER)) {
            return timer(id);
        }
        return id.startsWith(ANSWER) ? answer(id.substring(ANSWER.length())) : command(before);
    }

    /** Why the engine could not decide about the input itself; null if it could. */
    private @Nullable RunError fault() {
        Event what = first() instanceof Event.Completed ? stopping() : first();
        RunError error = switch (what) {
            case Event.Stopping stopping -> stopping.error();
            case Event.Undone gone -> gone.error();
            case Event.Ended ended -> ended.error();
            case null, default -> null;
        };
        return error != null && error.code().equals(RunError.ENGINE_FAULT) ? error : null;
    }

    private @Nullable Event stopping() {
        return events().stream()
                .filter(Event.Stopping.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    /** How the run failed then; null if that could not be decided either. */
    private @Nullable Input failure(RunError fault) {
        return switch (first()) {
            case Event.Completed done -> {
                String requestId = batch.inputId().substring(ANSWER.length());
                yield new Input.Fail(fault, new Input.Answer(requestId, done.output(), null));
            }
            case Event.Ended _ -> null;
            default -> new Input.Fail(fault, null);
        };
    }

    private static Input timer(String id) {
        String[] parts = id.split("/", -1);
        String[] place = parts[2].split("#", -1);
        int item = place.length > 1 ? Integer.parseInt(place[1]) : Place.WHOLE;
        return new Input.Fire(new Timer(
                Timer.Kind.valueOf(parts[1]),
                new Place(place[0], item),
                Integer.parseInt(parts[3]),
                Long.parseLong(parts[4])));
    }

    private @Nullable Input answer(String requestId) {
        return switch (first()) {
            case Event.Completed done -> new Input.Answer(requestId, done.output(), null);
            case Event.AttemptFailed failed -> new Input.Answer(requestId, null, failed.error());
            case Event.Failed failed -> new Input.Answer(requestId, null, failed.error());
            case Event.Undone gone -> new Input.Answer(requestId, null, gone.error());
            default -> null; // the engine could not take it in
        };
    }

    private @Nullable Input command(Run before) {
        return switch (first()) {
            case Event.Started started -> start(started, before);
            case Event.Stopping stopping ->
                new Input.Cancel(stopping.by(), stopping.error().message());
            case Event.Paused paused -> new Input.Pause(paused.by());
            case Event.Resumed resumed -> new Input.Resume(resumed.by());
            case Event.Retried retried -> new Input.Retry(retried.by());
            case Event.Signalled signal ->
                new Input.Signal(signal.name(), signal.about(), signal.payload(), signal.by());
            case Event.Completed approved -> verdict(approved, before);
            case Event.Failed rejected -> new Input.Verdict(rejected.at().step(), false, null, rejected.by());
            default -> null;
        };
    }

    /** Of a run that was refused before anybody looked at its workflow, the journal does not have that. */
    private @Nullable Input start(Event.Started started, Run before) {
        if (started.source().isEmpty()) {
            return null;
        }
        Duration own;
        try {
            own = before.plan(started.source()).definition().timeout();
        } catch (IllegalArgumentException e) {
            own = null; // it has faults: its deadline is none
        }
        Long deadline = started.deadline();
        Long left = deadline == null ? null : Long.valueOf(deadline - now());
        Long asked = own != null && left != null && left == own.toMillis() ? null : left;
        return new Input.Start(started.source(), started.input(), started.origin(), asked, started.given());
    }

    private static Input verdict(Event.Completed approved, Run before) {
        String step = approved.at().step();
        boolean there = before.exists()
                && before.plan().has(step)
                && before.plan().step(step).work() instanceof Work.Approval;
        Value shown = there ? before.step(step).about() : null;
        return new Input.Verdict(
                step, true, Objects.equals(approved.output(), shown) ? null : approved.output(), approved.by());
    }

    /** The requests for tools that it orders: they say what the catalogue had of the tools. */
    List<Event.Request> requests() {
        List<Event.Request> requests = new ArrayList<>();
        for (Event event : events()) {
            if (event instanceof Event.Asked asked) {
                requests.add(asked.request());
            } else if (event instanceof Event.Undoing undoing) {
                requests.add(undoing.request());
            }
        }
        return Collections.unmodifiableList(requests);
    }

    /** The tools as these requests have them, the first of each. */
    static Facts.Tools tools(List<Event.Request> requests) {
        return (name, version) -> requests.stream()
                .filter(one -> one.tool().equals(name) && Objects.equals(one.version(), version))
                .map(one -> new Facts.Tool(version == null ? "" : version, one.pool(), one.pure(), one.once()))
                .findFirst()
                .orElse(null);
    }
}
