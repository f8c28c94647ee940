package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Plans;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run and, where asked for, those below it, folded from the journal as it grows. One thread. */
public final class Family implements AutoCloseable {

    private final String runId;
    private final boolean withChildren;
    private final Consumer<News.Decided> each;
    private final Feed feed;
    private final Plans plans = new Plans(new CelConditions());
    private final Map<String, Followed> runs = new HashMap<>();
    private final Followed first;
    /** Readers that have not caught up. */
    private int behind;

    private boolean readsChildren;

    /**
     * Begins to read.
     *
     * @param withChildren reads the runs below it as soon as it has steps that start others
     * @param each is shown every decision, when its run has taken it
     */
    public Family(RunDesk desk, String runId, boolean withChildren, Consumer<News.Decided> each) {
        this.each = each;
        this.runId = runId;
        this.withChildren = withChildren;
        feed = desk.feed();
        first = new Followed(runId, plans);
        runs.put(runId, first);
        behind = 1;
        feed.follow(runId);
    }

    /** The run itself. */
    public Followed first() {
        return first;
    }

    /** A run of the family; null if nothing was read of it. */
    public @Nullable Followed find(String id) {
        return runs.get(id);
    }

    /** All of which something was read, and the run itself. */
    public Collection<Followed> all() {
        return runs.values();
    }

    /** The plans of the definitions that were read. */
    public Function<String, Plan> plans() {
        return plans;
    }

    /** Whether all has been read that stood in the journal at the beginning. */
    public boolean caughtUp() {
        return behind == 0;
    }

    /** Reads on; null if nothing came in time. */
    public @Nullable News next(Duration atMost) throws InterruptedException {
        News one = feed.next(atMost);
        switch (one) {
            case null -> {}
            case News.CaughtUp _ -> behind--;
            case News.Unreadable(String id, String why) -> of(id).unreadable(why);
            case News.Deleted(String id) -> of(id).forget();
            case News.Decided decided -> take(decided);
        }
        return one;
    }

    private void take(News.Decided decided) {
        Followed one = of(decided.batch().runId());
        if (one.unreadable() == null) {
            one.take(decided.batch());
            each.accept(decided);
        }
        if (withChildren && !readsChildren && first.hasChildren()) {
            readsChildren = true;
            behind++;
            feed.followBelow(runId);
        }
    }

    private Followed of(String id) {
        return runs.computeIfAbsent(id, _ -> new Followed(id, plans));
    }

    @Override
    public void close() {
        feed.close();
    }
}
