package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.schemas.ToolTriggered;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last tick of each trigger at which its tool was asked for, by whoever kept the clock. Any thread. */
final class Fired implements TailReader<ToolTriggered> {

    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    static String key(String tool, String trigger) {
        return tool + " / " + trigger;
    }

    @Override
    public void read(Breadcrumb<ToolTriggered> breadcrumb, Position position, Lane lane) {
        if (breadcrumb.value() == null) {
            last.remove(breadcrumb.key());
        } else {
            note(breadcrumb.key(), Instant.ofEpochMilli(breadcrumb.body().getTickMs()));
        }
    }

    void note(String key, Instant tick) {
        last.merge(key, tick, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The beginning of time if it was never asked for. */
    Instant last(String key) {
        return last.getOrDefault(key, Instant.EPOCH);
    }
}
