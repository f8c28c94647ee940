package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.trigger.Bound.Lasting;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the continuous tools of a pool running, where this runner keeps its clock. Each request is noted before it is
 * asked for: who takes the clock over asks for the same one again, which joins the execution if there is one, and
 * learns its answer. Guarded by its monitor.
 */
final class Keeping {

    /** How soon an execution follows the last; doubled with each that fails, up to a minute. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration PAUSE_AT_MOST = Duration.ofMinutes(1);

    /** An execution that ended after so long is none that cannot work. */
    private static final Duration WORKED = Duration.ofMinutes(1);

    private final Fired fired;
    private final Firing firing;
    private final Time time;
    private final Map<String, Run> runs = new HashMap<>();

    /** One trigger's executions. */
    private static final class Run {

        private String requestId = "";
        private @Nullable Position definition;
        private Instant asked = Instant.MIN;
        private Instant next = Instant.MIN;
        private int failures;
        private boolean underWay;
        private boolean cancelled;
    }

    Keeping(Fired fired, Firing firing, Time time) {
        this.fired = fired;
        this.firing = firing;
        this.time = time;
    }

    /** Asks for those that do not run, and ends those that have gone or are defined anew. */
    synchronized void look(List<Lasting> triggers) {
        Map<String, Lasting> wanted = triggers.stream().collect(Collectors.toMap(Lasting::key, Function.identity()));
        wanted.forEach((key, trigger) -> look(trigger, runs.computeIfAbsent(key, _ -> found(key))));
        runs.entrySet().removeIf(run -> {
            boolean gone = !wanted.containsKey(run.getKey());
            if (gone) {
                cancel(run.getValue(), "the tool is no longer there to run continuously");
            }
            return gone;
        });
    }

    /** This runner keeps the clock no longer: what runs goes on, and is another one's. */
    synchronized void leave() {
        runs.clear();
    }

    /** What was noted last may still run. */
    private Run found(String key) {
        Run run = new Run();
        run.requestId = fired.request(key);
        return run;
    }

    private void look(Lasting trigger, Run run) {
        if (!run.underWay) {
            if (!time.now().isBefore(run.next)) {
                ask(trigger, run);
            }
        } else if (!trigger.tool().position().equals(run.definition)) {
            cancel(run, "the tool is defined anew");
        }
    }

    private void cancel(Run run, String why) {
        if (run.underWay && !run.cancelled) {
            run.cancelled = true;
            firing.cancel(run.requestId, why);
        }
    }

    private void ask(Lasting trigger, Run run) {
        Instant now = time.now();
        if (run.requestId.isEmpty()) {
            run.requestId = "continuous/" + trigger.key().replace(" / ", "/") + "/" + now;
        }
        String id = run.requestId;
        run.definition = trigger.tool().position();
        run.asked = now;
        run.underWay = true;
        run.cancelled = false;
        fired.note(trigger.key(), now, id);
        firing.note(trigger, now, id)
                .thenCompose(
                        _ -> firing.call(trigger, new Firing.Cause(id, trigger.input(), now, Metas.DEFAULT_WORKSPACE)))
                .whenComplete((answer, _) -> ended(run, answer));
    }

    /** Without an answer the same request is asked for again: nobody knows whether it runs. */
    private synchronized void ended(Run run, @Nullable ToolResponse answer) {
        Instant now = time.now();
        run.underWay = false;
        if (answer != null) {
            run.requestId = "";
            boolean worked = answer.getError() == null || run.asked.plus(WORKED).isBefore(now);
            run.failures = worked ? 0 : run.failures + 1;
        }
        Duration pause = PAUSE.multipliedBy(1L << Math.clamp(run.failures - 1, 0, 6));
        run.next = now.plus(pause.compareTo(PAUSE_AT_MOST) < 0 ? pause : PAUSE_AT_MOST);
    }
}
