package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.trigger.Bound.Ticking;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for tools at their ticks, where this runner keeps the clock. A tick counts from when the trigger was defined;
 * one that is later than {@link #LATE} was missed. A request comes before the note that it was made, so that a tick is
 * never lost: who takes the clock over between the two asks again, by the same id.
 */
final class Ticks {

    /** Longer than a clock takes to go from a dead runner to another. */
    static final Duration LATE = Duration.ofMinutes(1);

    private final Fired fired;
    private final Firing firing;
    private final Time time;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    /** When a trigger was first met whose definition says no time. */
    private final Map<String, Instant> met = new ConcurrentHashMap<>();

    Ticks(Fired fired, Firing firing, Time time) {
        this.fired = fired;
        this.firing = firing;
        this.time = time;
    }

    void look(Ticking trigger) {
        Instant now = time.now();
        String key = trigger.key();
        Instant last = fired.last(key);
        Instant defined = defined(trigger, key, now);
        trigger.schedule()
                .last(last.isAfter(defined) ? last : defined, now)
                .filter(tick -> trigger.catchesUp() || !tick.plus(LATE).isBefore(now))
                .ifPresent(tick -> ask(trigger, key, tick));
    }

    private void ask(Ticking trigger, String key, Instant tick) {
        if (!underWay.add(key)) {
            return;
        }
        String id = "tick/" + key.replace(" / ", "/") + "/" + tick;
        firing.ask(trigger, new Firing.Cause(id, trigger.input(), tick, Metas.DEFAULT_WORKSPACE))
                .thenCompose(_ -> {
                    fired.note(key, tick, id);
                    return firing.note(trigger, tick, id);
                })
                .whenComplete((_, _) -> underWay.remove(key));
    }

    private Instant defined(Ticking trigger, String key, Instant now) {
        long said = trigger.tool().definition().getMeta().getUpdatedAtMs();
        return said == 0 ? met.computeIfAbsent(key, _ -> now) : Instant.ofEpochMilli(said);
    }
}
