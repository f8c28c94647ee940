package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that are stored under names: breadcrumbs of schema {@value #SCHEMA}, one for each name in a workspace,
 * whose versions are the workflow's. Reads the newest of each, and goes on reading them. Any thread.
 */
public final class StoredWorkflows implements TailReader<io.breadcrumbs.schemas.Breadcrumb>, AutoCloseable {

    public static final String SCHEMA = "workflow.definition.v1";

    /** The names that workflows may be stored under. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private static final String PREFIX = "workflow:";

    private final Map<String, Stored> byId = new ConcurrentHashMap<>();
    private final Tail tail;

    /**
     * A workflow under its name.
     *
     * @param by who stored this version; null if nobody says so
     * @param at when, in milliseconds since 1970
     */
    public record Stored(
            String name,
            int version,
            String definition,
            @Nullable String by,
            long at) {}

    /** What is known of stored workflows. */
    @FunctionalInterface
    public interface Finder {

        /** The newest version; null if nothing is stored under that name. */
        @Nullable
        Stored find(String workspace, String name);
    }

    public StoredWorkflows(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.BREADCRUMB), this);
    }

    /** Completes when all has been read that was stored. */
    public CompletableFuture<Void> whenRead() {
        return tail.caughtUp();
    }

    /** The newest version; null if nothing is stored under that name. */
    public @Nullable Stored find(String workspace, String name) {
        return byId.get(id(workspace, name));
    }

    /** The newest version of each in a workspace, by name. */
    public List<Stored> all(String workspace) {
        return byId.entrySet().stream()
                .filter(one -> one.getKey().equals(id(workspace, one.getValue().name())))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Stored::name))
                .toList();
    }

    @Override
    public Predicate<String> keys() {
        return key -> key.startsWith(PREFIX);
    }

    @Override
    public void read(Breadcrumb<io.breadcrumbs.schemas.Breadcrumb> breadcrumb, Position position, Lane lane) {
        io.breadcrumbs.schemas.Breadcrumb now = breadcrumb.value();
        Stored stored = now == null ? null : of(now);
        if (stored == null) {
            byId.remove(breadcrumb.key());
        } else {
            byId.put(breadcrumb.key(), stored);
        }
    }

    /** The workflow that a breadcrumb is; null if it is none: anybody may have written it. */
    public static @Nullable Stored of(io.breadcrumbs.schemas.Breadcrumb breadcrumb) {
        Meta meta = breadcrumb.getMeta();
        String name = meta.getTitle();
        if (name == null
                || !SCHEMA.equals(meta.getSchemaName())
                || !meta.getId().equals(id(meta.getWorkspace(), name))) {
            return null;
        }
        Json definition = definition(breadcrumb.getContext());
        return definition == null
                ? null
                : new Stored(name, meta.getVersion(), definition.toString(), meta.getAuthor(), meta.getUpdatedAtMs());
    }

    private static @Nullable Json definition(@Nullable String context) {
        return context != null && Value.of(context).json() instanceof JsonObject object
                ? object.get("definition")
                : null;
    }

    /** The breadcrumb that a workflow is stored in. */
    public static String id(String workspace, String name) {
        return PREFIX + workspace + ":" + name;
    }

    @Override
    public void close() {
        tail.close();
    }

    // ------------------------------------------------------------------ changes and versions

    /** Stores a workflow under a name, as its next version. It is not looked at whether it has faults. */
    public static CompletableFuture<Answer> save(
            Breadcrumbs breadcrumbs, String workspace, String name, String definition, String by) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: expected 1 to 100 letters, digits, '_', '.' or '-', got '" + name + "'");
        }
        return breadcrumbs.put(
                creation(workspace, name, definition).workspace(workspace).author(by),
                next(workspace, name, definition).workspace(workspace).author(by));
    }

    /** Makes a workflow the first version of a name. */
    public static Change creation(String workspace, String name, String definition) {
        return Change.create(SCHEMA).id(id(workspace, name)).title(name).context(context(definition));
    }

    /** Makes a workflow the next version of a name that has one. */
    public static Change next(String workspace, String name, String definition) {
        return Change.patch(id(workspace, name)).title(name).context(context(definition));
    }

    /** Takes a name's workflow away, with all its versions. Runs that have begun have theirs. */
    public static Change deletion(String workspace, String name) {
        return Change.delete(id(workspace, name));
    }

    private static String context(String definition) {
        return Json.object("definition", Value.of(definition).json()).toString();
    }

    /**
     * A version of a workflow, read from the history of its breadcrumb; null if there is none, or it is too long ago.
     *
     * @param aside where the reading ends: a tail cannot be closed by its own thread
     */
    public static CompletableFuture<@Nullable Stored> version(
            Bus bus, String workspace, String name, int version, Executor aside) {
        String id = id(workspace, name);
        AtomicReference<@Nullable Stored> found = new AtomicReference<>();
        int partition = bus.partition(Catalogue.BREADCRUMB_EVENT, id);
        TailFrom<BreadcrumbEvent> from = partition < 0
                ? TailFrom.beginning(Catalogue.BREADCRUMB_EVENT)
                : new TailFrom<>(Catalogue.BREADCRUMB_EVENT, Map.of(partition, TailFrom.BEGINNING));
        Tail past = bus.tail(from, (breadcrumb, _, _) -> {
            BreadcrumbEvent event = breadcrumb.value();
            Json definition = event == null || !tells(event, id, version) ? null : definition(event.getContext());
            if (event != null && definition != null) {
                Meta meta = event.getMeta();
                found.set(new Stored(name, version, definition.toString(), meta.getAuthor(), meta.getCreatedAtMs()));
            }
        });
        return past.caughtUp()
                .thenApplyAsync(
                        _ -> {
                            past.close();
                            return found.get();
                        },
                        aside);
    }

    /** Whether an event made this version of a breadcrumb. */
    private static boolean tells(BreadcrumbEvent event, String id, int version) {
        boolean made = event.getKind() == BreadcrumbEventKind.CREATED || event.getKind() == BreadcrumbEventKind.UPDATED;
        return made && event.getBreadcrumbId().equals(id) && event.getBreadcrumbVersion() == version;
    }
}
