package io.breadcrumbs.sdk.schedule;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.breadcrumb.Answer;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules: breadcrumbs of schema {@value #SCHEMA}, one for each name in a workspace. Reads the newest of each, and
 * goes on reading them. Any thread.
 */
public final class StoredSchedules implements TailReader<io.breadcrumbs.schemas.Breadcrumb>, AutoCloseable {

    public static final String SCHEMA = "workflow.schedule.v1";

    private static final String PREFIX = "schedule:";

    private static final Logger LOG = LoggerFactory.getLogger(StoredSchedules.class);

    private final Map<String, Schedule> byId = new ConcurrentHashMap<>();
    private final Tail tail;

    public StoredSchedules(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.BREADCRUMB), this);
    }

    /** Completes when all has been read that was stored. */
    public CompletableFuture<Void> whenRead() {
        return tail.caughtUp();
    }

    /** All of all workspaces, by name. */
    public List<Schedule> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Schedule::name).thenComparing(Schedule::workspace))
                .toList();
    }

    @Override
    public Predicate<String> keys() {
        return key -> key.startsWith(PREFIX);
    }

    @Override
    public void read(Breadcrumb<io.breadcrumbs.schemas.Breadcrumb> breadcrumb, Position position, Lane lane) {
        io.breadcrumbs.schemas.Breadcrumb now = breadcrumb.value();
        Schedule schedule = now == null ? null : of(now);
        if (schedule == null) {
            byId.remove(breadcrumb.key());
        } else {
            byId.put(breadcrumb.key(), schedule);
        }
    }

    /** The schedule that a breadcrumb is; null if it is none: anybody may have written it. */
    public static @Nullable Schedule of(io.breadcrumbs.schemas.Breadcrumb breadcrumb) {
        Meta meta = breadcrumb.getMeta();
        String name = meta.getTitle();
        String context = breadcrumb.getContext();
        if (!SCHEMA.equals(meta.getSchemaName())
                || name == null
                || context == null
                || !meta.getId().equals(id(meta.getWorkspace(), name))) {
            return null;
        }
        try {
            return Value.of(context).json() instanceof JsonObject object
                    ? Schedule.of(meta.getWorkspace(), name, object, Instant.ofEpochMilli(meta.getUpdatedAtMs()))
                    : null;
        } catch (IllegalArgumentException e) {
            LOG.warn("schedule {} is left alone: {}", meta.getId(), e.getMessage());
            return null;
        }
    }

    /** The breadcrumb that a schedule is stored in. */
    public static String id(String workspace, String name) {
        return PREFIX + workspace + ":" + name;
    }

    @Override
    public void close() {
        tail.close();
    }

    // ------------------------------------------------------------------ changes

    /** Stores a schedule under a name, or another one instead of it. It is not looked at whether it has faults. */
    public static CompletableFuture<Answer> save(
            Breadcrumbs breadcrumbs, String workspace, String name, JsonObject context, String by) {
        return breadcrumbs.put(
                creation(workspace, name, context).workspace(workspace).author(by),
                next(workspace, name, context).workspace(workspace).author(by));
    }

    /** Makes a schedule under a name that has none. */
    public static Change creation(String workspace, String name, JsonObject context) {
        return Change.create(SCHEMA).id(id(workspace, name)).title(name).context(context.toString());
    }

    /** Makes another schedule of that which a name has. */
    public static Change next(String workspace, String name, JsonObject context) {
        return Change.patch(id(workspace, name)).title(name).context(context.toString());
    }

    /** Pauses a schedule, or lets it go on; what was due meanwhile does not count. */
    public static Change pause(String workspace, String name, boolean paused) {
        return Change.merge(id(workspace, name))
                .context(Json.object("paused", Json.of(paused)).toString());
    }

    /** Pauses a schedule, or lets it go on; what was due meanwhile does not count. */
    public static CompletableFuture<Answer> pause(
            Breadcrumbs breadcrumbs, String workspace, String name, boolean paused, String by) {
        return breadcrumbs.ask(
                pause(workspace, name, paused).workspace(workspace).author(by));
    }

    public static CompletableFuture<Answer> delete(Breadcrumbs breadcrumbs, String workspace, String name, String by) {
        return breadcrumbs.ask(
                Change.delete(id(workspace, name)).workspace(workspace).author(by));
    }
}
