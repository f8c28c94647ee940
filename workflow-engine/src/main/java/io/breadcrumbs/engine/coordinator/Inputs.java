package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.engine.schedule.Overlaps;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.StepOutput;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Forks;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.workflow.decide.Decider;
import io.breadcrumbs.sdk.workflow.decide.Decision;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes inputs of messages; anybody may have written these. */
final class Inputs {

    private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);

    /** So many characters an output may have: a batch carries it beside what else is in it. */
    static final int MOST_CHARACTERS = 200_000;

    private static final Value NOTHING_GIVEN = Value.of("{}");

    /** A message that cannot be decided about; the message says what was expected. */
    static final class BadMessageException extends Exception {

        private static final long serialVersionUID = 1;

        private final String code;

        private final boolean never;

        BadMessageException(String code, String message) {
            this(code, message, false);
        }

        private BadMessageException(String code, String message, boolean never) {
            super(message);
            this.code = code;
            this.never = never;
        }

        String code() {
            return code;
        }
    }

    private Inputs() {}

    /** A start of a run that there will never be: not even one that has failed. */
    static BadMessageException never(String code, String message) {
        return new BadMessageException(code, message, true);
    }

    /** @param open its run; null if nobody knows it */
    static Input of(Message message, @Nullable Open open, StoredWorkflows.Finder workflows, long now)
            throws BadMessageException {
        if (open != null) {
            checkIsChild(message, open.run);
        }
        return switch (message.body()) {
            case WorkflowCommand command -> command(command, workflows, now);
            case ToolResponse response -> answer(response);
            default -> throw new IllegalArgumentException("no message: " + message);
        };
    }

    private static Input answer(ToolResponse response) {
        if (response.getStatus() == ResponseStatus.SUCCESS) {
            String output = response.getOutput();
            int length = response.getBlob() != null ? Integer.MAX_VALUE : output == null ? 0 : output.length();
            if (length > MOST_CHARACTERS) {
                RunError why = RunError.invalid(
                        "OUTPUT_TOO_LARGE",
                        "the output of a step may have " + MOST_CHARACTERS + " characters, it has "
                                + (length == Integer.MAX_VALUE ? "many more" : length));
                return new Input.Answer(response.getRequestId(), null, why);
            }
            return new Input.Answer(response.getRequestId(), output == null ? null : Value.of(output), null);
        }
        return new Input.Answer(response.getRequestId(), null, error(response.getError()));
    }

    private static RunError error(@Nullable ToolError error) {
        if (error == null) {
            return new RunError(RunError.RUNTIME, "NO_REASON", "it failed and the answer says not why", false);
        }
        String kind = error.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new RunError(kind, error.getCode(), error.getMessage(), error.getRetryable());
    }

    private static Input command(WorkflowCommand command, StoredWorkflows.Finder workflows, long now)
            throws BadMessageException {
        if (command.getBlob() != null || length(command) > Start.MOST_CHARACTERS) {
            throw new BadMessageException(
                    "TOO_LARGE", "what a command carries may have " + Start.MOST_CHARACTERS + " characters together");
        }
        String by = command.getRequestedBy();
        return switch (command.getKind()) {
            case START, FORK -> start(command, workflows, now);
            case CANCEL -> new Input.Cancel(by, reason(command));
            case PAUSE -> new Input.Pause(by);
            case RESUME -> new Input.Resume(by);
            case RETRY -> new Input.Retry(by);
            case SIGNAL ->
                new Input.Signal(
                        needed("name", command.getName()), value(command.getAbout()), given(command.getPayload()), by);
            case APPROVE ->
                new Input.Verdict(needed("stepId", command.getStepId()), true, value(command.getPayload()), by);
            case REJECT -> new Input.Verdict(needed("stepId", command.getStepId()), false, null, by);
            case DELETE -> new Input.Delete(by);
            case UNKNOWN ->
                throw new BadMessageException(
                        "NOT_SUPPORTED", "expected a command that this engine knows, got " + command.getKind());
        };
    }

    /** What is journalled of a message that makes no sense. A run that cannot begin ends, so that its parent hears. */
    static List<Event> refusal(Message message, Run run, BadMessageException why) {
        String reason = String.valueOf(why.getMessage());
        boolean begins =
                message.begins() && !why.never && !run.exists() && !run.status().over();
        if (!begins) {
            Event.Parent waits =
                    message.begins() ? origin((WorkflowCommand) message.body()).parent() : null;
            boolean isIts = waits == null || waits.equals(run.origin().parent());
            return List.of(new Event.Rejected(why.code(), reason, isIts ? null : waits));
        }
        Event.Origin origin = origin((WorkflowCommand) message.body());
        return List.of(
                new Event.Started("", NOTHING_GIVEN, origin, null, List.of()),
                new Event.Ended(RunStatus.FAILED, null, RunError.invalid(why.code(), reason)));
    }

    /**
     * How a run may fail that cannot take an answer or a timer, the best first: what it does is stopped, and what it
     * has done is undone, also what the answer says to be done.
     *
     * @param command the input, if it is one: then the run goes on
     */
    static List<Input.Fail> failures(Input input, @Nullable Input command, Run run, RunError why) {
        Input.Fail fails = new Input.Fail(why, null);
        if (!fails(command, run)) {
            return List.of();
        }
        return input instanceof Input.Answer answer ? List.of(new Input.Fail(why, answer), fails) : List.of(fails);
    }

    /** Null if that cannot be decided either. */
    static @Nullable Decision decided(Run run, Input.Fail fail, Facts facts) {
        try {
            return Decider.decide(run, fail, facts);
        } catch (RuntimeException e) {
            LOG.error("run {}: it cannot fail in order", run.id(), e);
            return null;
        }
    }

    private static boolean fails(@Nullable Input command, Run run) {
        return command == null && run.exists() && !run.status().over();
    }

    /**
     * What is journalled of an input about which an engine cannot decide, and nothing else. A command is rejected; a
     * run that cannot begin, or cannot even be undone, ends, so that its parent hears.
     *
     * @param command null if it is none
     */
    static Decision broken(@Nullable Input command, Run run, RunError why, long now) {
        Event end = new Event.Ended(RunStatus.FAILED, null, why);
        List<Event> events = List.of(fails(command, run) ? end : new Event.Rejected(why.code(), why.message()));
        if (command instanceof Input.Start start
                && !run.exists()
                && !run.status().over()) {
            events = List.of(new Event.Started("", NOTHING_GIVEN, start.origin(), null, List.of()), end);
        }
        events.forEach(event -> run.apply(event, now));
        return new Decision(events, false);
    }

    /** Whether something can be decided about an input that may not stand in the log yet, other than to refuse it. */
    static boolean positive(@Nullable Open open, Input input) {
        return switch (input) {
            case Input.Start _ -> open == null;
            case Input.Answer answer -> open != null && open.run.awaited(answer.requestId()) != null;
            default -> false;
        };
    }

    /** Whether a tick's start waits for an earlier one's run; the eager lane leaves all of them to the log. */
    static boolean heldUp(Message message, boolean eager, Overlaps overlaps) throws BadMessageException {
        if (!message.ticks() || eager) {
            return message.ticks();
        }
        return switch (overlaps.judge(message)) {
            case Overlaps.Verdict.Begins _ -> false;
            case Overlaps.Verdict.Waits _ -> true;
            case Overlaps.Verdict.LeftOut(String why) -> throw never("OVERLAP", why);
        };
    }

    /** A run ends what it has started, and nothing else that has the id. */
    private static void checkIsChild(Message message, Run run) throws BadMessageException {
        String parent = message.body() instanceof WorkflowCommand command ? command.getParentRunId() : null;
        if (parent != null && !message.begins() && run.exists()) {
            Event.Parent own = run.origin().parent();
            if (own == null || !parent.equals(own.runId())) {
                throw new BadMessageException("NOT_ITS_CHILD", "run " + parent + " has not started this one");
            }
        }
    }

    static String workspace(Message message) {
        return message.body() instanceof WorkflowCommand command
                ? command.getMeta().getWorkspace()
                : Metas.DEFAULT_WORKSPACE;
    }

    private static Event.Origin origin(WorkflowCommand command) {
        String request = command.getParentRequestId();
        Event.Parent parent = request == null ? null : new Event.Parent(command.getParentRunId(), request);
        return new Event.Origin(
                command.getName(),
                command.getRequestedBy(),
                parent,
                command.getDepth(),
                Forks.event(command.getFork()));
    }

    private static Input start(WorkflowCommand command, StoredWorkflows.Finder workflows, long now)
            throws BadMessageException {
        String source = source(command, workflows);
        if (source == null) {
            throw new BadMessageException(
                    "NO_DEFINITION",
                    command.getDefinitionRef() == null
                            ? "expected a definition, got none"
                            : "there is no workflow '" + command.getDefinitionRef() + "'");
        }
        if (command.getKind() == WorkflowCommandKind.FORK && command.getFork() == null) {
            throw new BadMessageException("BAD_COMMAND", "expected a value for fork, got none");
        }
        Long deadline = command.getDeadlineMs();
        return new Input.Start(
                source,
                given(command.getPayload()),
                origin(command),
                deadline == null ? null : Long.valueOf(Math.max(0, deadline - now)),
                Forks.events(command.getGiven()));
    }

    /** The definition that the command has, or else the newest of that name; null if there is none. */
    private static @Nullable String source(WorkflowCommand command, StoredWorkflows.Finder workflows) {
        String name = command.getDefinitionRef();
        if (command.getDefinition() != null || name == null) {
            return command.getDefinition();
        }
        StoredWorkflows.Stored stored = workflows.find(command.getMeta().getWorkspace(), name);
        return stored == null ? null : stored.definition();
    }

    private static String reason(WorkflowCommand command) {
        String reason = command.getReason();
        return reason == null ? "it was cancelled" : reason;
    }

    private static Value given(@Nullable String payload) {
        return payload == null ? NOTHING_GIVEN : Value.of(payload);
    }

    private static @Nullable Value value(@Nullable String text) {
        return text == null ? null : Value.of(text);
    }

    private static long length(WorkflowCommand command) {
        long length = length(command.getDefinition()) + (long) length(command.getPayload());
        for (StepOutput given : command.getGiven()) {
            length += length(given.getOutput()) + given.getStepId().length();
        }
        return command.getFork() == null
                ? length
                : length + length(command.getFork().getInput());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static String needed(String field, @Nullable String value) throws BadMessageException {
        if (value == null || value.isEmpty()) {
            throw new BadMessageException("BAD_COMMAND", "expected a value for " + field + ", got none");
        }
        return value;
    }
}
