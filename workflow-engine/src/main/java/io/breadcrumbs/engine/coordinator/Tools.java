package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Versions;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The catalogue of tools, as far as decisions rest on it. Any thread. */
public final class Tools implements Facts.Tools, TailReader<ToolDefinition>, AutoCloseable {

    private final Map<String, NavigableMap<String, Facts.Tool>> tools = new ConcurrentHashMap<>();
    private final Map<String, ToolDefinition> definitions = new ConcurrentHashMap<>();
    private final Tail tail;

    /** Reads the catalogue, and goes on reading it. */
    public Tools(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.TOOL), this);
    }

    /** Completes when all that stood in the catalogue has been read. */
    public CompletableFuture<Void> whenRead() {
        return tail.caughtUp();
    }

    @Override
    public Facts.@Nullable Tool find(String name, @Nullable String version) {
        NavigableMap<String, Facts.Tool> versions = tools.get(name);
        if (versions == null) {
            return null;
        }
        synchronized (versions) {
            Map.Entry<String, Facts.Tool> last = versions.lastEntry();
            return version == null ? (last == null ? null : last.getValue()) : versions.get(version);
        }
    }

    @Override
    public void read(Breadcrumb<ToolDefinition> breadcrumb, Position position, Lane lane) {
        ToolDefinition now = breadcrumb.value();
        ToolDefinition before =
                now == null ? definitions.remove(breadcrumb.key()) : definitions.put(breadcrumb.key(), now);
        if (before != null) {
            NavigableMap<String, Facts.Tool> versions = versions(before.getName());
            synchronized (versions) {
                versions.remove(before.getVersion());
            }
        }
        if (now != null && hasPool(now)) {
            NavigableMap<String, Facts.Tool> versions = versions(now.getName());
            synchronized (versions) {
                boolean pure = now.getSideEffects() == SideEffects.NONE;
                boolean once = now.getSideEffects() == SideEffects.ONCE;
                versions.put(now.getVersion(), new Facts.Tool(now.getVersion(), now.getPool(), pure, once));
            }
        }
    }

    /** A tool whose pool's name is none cannot be reached: as if it were not there. */
    private static boolean hasPool(ToolDefinition tool) {
        try {
            return Catalogue.toolRequest(tool.getPool()).name().endsWith(tool.getPool())
                    || tool.getPool().equals(Catalogue.DEFAULT_POOL);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private NavigableMap<String, Facts.Tool> versions(String name) {
        return tools.computeIfAbsent(name, _ -> new TreeMap<>(new Versions()));
    }

    @Override
    public void close() {
        tail.close();
    }
}
