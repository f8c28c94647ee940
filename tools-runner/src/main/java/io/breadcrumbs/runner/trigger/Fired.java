package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.schemas.ToolTriggered;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each trigger last asked for its tool, and by which request, whoever kept the clock. Any thread. */
final class Fired implements TailReader<ToolTriggered> {

    private final Map<String, Mark> last = new ConcurrentHashMap<>();

    /** What was noted of a trigger. */
    private record Mark(Instant tick, String requestId) {

        static final Mark NONE = new Mark(Instant.EPOCH, "");
    }

    static String key(String tool, String trigger) {
        return tool + " / " + trigger;
    }

    @Override
    public void read(Breadcrumb<ToolTriggered> breadcrumb, Position position, Lane lane) {
        if (breadcrumb.value() == null) {
            last.remove(breadcrumb.key());
        } else {
            ToolTriggered noted = breadcrumb.body();
            note(breadcrumb.key(), Instant.ofEpochMilli(noted.getTickMs()), noted.getRequestId());
        }
    }

    void note(String key, Instant tick, String requestId) {
        last.merge(key, new Mark(tick, requestId), (one, other) -> one.tick().isAfter(other.tick()) ? one : other);
    }

    /** The beginning of time if it was never asked for. */
    Instant last(String key) {
        return last.getOrDefault(key, Mark.NONE).tick();
    }

    /** The request that was last asked for; empty if there was none. */
    String request(String key) {
        return last.getOrDefault(key, Mark.NONE).requestId();
    }
}
