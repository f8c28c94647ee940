package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something about which a run must decide. */
public sealed interface Input {

    /**
     * Starts a run that does not exist yet.
     *
     * @param timeout how long it may take at most, in milliseconds; what its definition says holds as well
     */
    record Start(
            String source,
            Value input,
            Event.Origin origin,
            @Nullable Long timeout,
            List<Event.Given> given) implements Input {}

    /** A request was answered. */
    record Answer(
            String requestId,
            @Nullable Value output,
            @Nullable RunError error) implements Input {}

    /** A timer that the run has set is due. */
    record Fire(Timer timer) implements Input {}

    record Cancel(@Nullable String by, String reason) implements Input {}

    record Pause(@Nullable String by) implements Input {}

    record Resume(@Nullable String by) implements Input {}

    record Retry(@Nullable String by) implements Input {}

    /**
     * A run that is over is not to be kept any longer.
     *
     * @param by who asks for that; null: its time is over
     */
    record Delete(@Nullable String by) implements Input {}

    record Signal(
            String name,
            @Nullable Value about,
            Value payload,
            @Nullable String by) implements Input {}

    /**
     * Somebody decides about an approval.
     *
     * @param changed what is approved instead of what was shown
     */
    record Verdict(
            String step,
            boolean approved,
            @Nullable Value changed,
            @Nullable String by) implements Input {}

    /**
     * It cannot go on, since about something that came nothing can be decided.
     *
     * @param answer what came, if it is an answer that is taken all the same: what it completes is undone too
     */
    record Fail(RunError why, @Nullable Answer answer) implements Input {}

    /** The last decision was too large for one batch. */
    record Continue() implements Input {}
}
