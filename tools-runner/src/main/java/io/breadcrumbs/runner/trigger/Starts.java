package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.trigger.Bound.Starting;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the tools that are to run at the start of a pool, one after the other: the next when the last is answered,
 * whatever the answer is. Once by each runner that keeps the pool's clock. Guarded by its monitor.
 */
final class Starts {

    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

    private static final Comparator<Starting> ORDER =
            Comparator.comparingInt(Starting::priority).thenComparing(Starting::key);

    private final String instance;
    private final Firing firing;
    private final Time time;
    private final Set<String> asked = new HashSet<>();
    private boolean underWay;

    Starts(String instance, Firing firing, Time time) {
        this.instance = instance;
        this.firing = firing;
        this.time = time;
    }

    /** Asks for the next one, if it is its turn. */
    synchronized void look(List<Starting> triggers) {
        if (underWay) {
            return;
        }
        triggers.stream()
                .filter(trigger -> !asked.contains(trigger.key()))
                .min(ORDER)
                .ifPresent(this::ask);
    }

    private void ask(Starting trigger) {
        asked.add(trigger.key());
        underWay = true;
        String id = "start/" + instance + "/" + trigger.key().replace(" / ", "/");
        firing.call(trigger, new Firing.Cause(id, trigger.input(), time.now(), Metas.DEFAULT_WORKSPACE))
                .whenComplete((answer, failure) -> answered(trigger, answer, failure));
    }

    private synchronized void answered(Starting trigger, @Nullable ToolResponse answer, @Nullable Throwable failure) {
        underWay = false;
        ToolError error = answer == null ? null : answer.getError();
        if (error != null || failure != null) {
            LOG.atWarn()
                    .addKeyValue("event", "start-failed")
                    .log(
                            "tool '{}' failed at the start: {}",
                            trigger.key(),
                            error == null ? failure : error.getMessage());
        }
    }
}
