package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.trigger.Bound.Lasting;
import io.breadcrumbs.runner.trigger.Bound.Starting;
import io.breadcrumbs.runner.trigger.Bound.Ticking;
import java.util.List;

/** What is done for a pool by the one runner that keeps its clock. */
final class PoolClock {

    private final Ticks ticks;
    private final Starts starts;
    private final Keeping keeping;

    PoolClock(Ticks ticks, Starts starts, Keeping keeping) {
        this.ticks = ticks;
        this.starts = starts;
        this.keeping = keeping;
    }

    /** Does what is due, for all triggers of the pool. */
    void look(List<Bound> triggers) {
        of(Ticking.class, triggers).forEach(ticks::look);
        starts.look(of(Starting.class, triggers));
        keeping.look(of(Lasting.class, triggers));
    }

    /** Another runner keeps the clock. */
    void leave() {
        keeping.leave();
    }

    private static <T extends Bound> List<T> of(Class<T> kind, List<Bound> triggers) {
        return triggers.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
