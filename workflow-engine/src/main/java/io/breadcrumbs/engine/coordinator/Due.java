package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.sdk.workflow.decide.Decision;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When something is to be done about a run next, in milliseconds since 1970; 0: never. */
final class Due {

    /** Runs with more steps than this are looked at too early rather than gone through at each decision. */
    private static final int SMALL = 32;

    private Due() {}

    /**
     * After a decision.
     *
     * @param before what was so before it
     */
    static long after(Run run, long before, Decision decision, Keeping keeping) {
        if (run.deleted()) {
            long from = run.startedAt() == 0 ? run.at() : run.startedAt(); // only rejected: when that was, is not known
            return from + keeping.marks().toMillis();
        }
        if (run.status().over()) {
            Duration kept = kept(run, keeping);
            return kept == null ? 0 : run.endedAt() + kept.toMillis();
        }
        if (!run.exists()) { // all that there is of it are rejections
            Duration ended = keeping.ended();
            return ended == null || run.sequence() == 0 ? 0 : run.at() + ended.toMillis();
        }
        if (decision.more()) {
            return run.at(); // so that it is gone on with whoever has the run then
        }
        return run.plan().size() <= SMALL && run.awaited().size() <= SMALL
                ? earliest(run)
                : earliest(before, decision.events());
    }

    /** Whether a run, or what was rejected of one, has been kept long enough. */
    static boolean keptLongEnough(Open open, long now) {
        boolean over = open.run.status().over() || !open.run.exists();
        return over && open.due != 0 && open.due <= now;
    }

    private static @Nullable Duration kept(Run run, Keeping keeping) {
        Duration own = run.exists() ? run.plan().definition().retention() : null;
        return own == null ? keeping.ended() : own;
    }

    /** How the journal names a timer that was due. */
    static String id(Timer timer) {
        return "timer/" + timer.kind() + "/" + timer.place() + "/" + timer.attempt() + "/" + timer.at();
    }

    /** The first timer of a run. */
    static long earliest(Run run) {
        long earliest = 0;
        for (Timer timer : run.timers()) {
            earliest = earliest == 0 ? timer.at() : Math.min(earliest, timer.at());
        }
        return earliest;
    }

    /** The first of the timers that these events set and the one before. */
    private static long earliest(long before, List<Event> events) {
        long earliest = before == 0 ? Long.MAX_VALUE : before;
        for (Event event : events) {
            Long until = timer(event);
            earliest = until == null ? earliest : Math.min(earliest, until);
        }
        return earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    private static @Nullable Long timer(Event event) {
        return switch (event) {
            case Event.Started started -> started.deadline();
            case Event.Asked asked -> asked.request().deadline();
            case Event.Called called -> called.child().deadline();
            case Event.Waits waits -> waits.until();
            case Event.AttemptFailed failed -> failed.retryAt();
            case Event.Undoing undoing -> undoing.request().deadline();
            case Event.Retried retried -> retried.deadline();
            default -> null;
        };
    }
}
