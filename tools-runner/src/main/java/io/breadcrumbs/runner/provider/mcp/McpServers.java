package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.provider.mcp.connection.McpLink;
import io.breadcrumbs.runner.provider.mcp.connection.McpSession;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The connections to the MCP servers of a runner. Thread-safe. */
public final class McpServers implements AutoCloseable {

    private final McpSettings settings;
    private final Map<String, McpLink> links = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Connects to none yet. */
    public McpServers(McpSettings settings, Secrets secrets, Time time) {
        this.settings = settings;
        McpLink.Around around = new McpLink.Around(secrets, time);
        settings.servers().forEach((name, source) -> {
            if (source.enabled()) {
                links.put(name, new McpLink(name, source.server(), settings.limits(), around, () -> tell(name)));
            }
        });
    }

    /** Listeners may block: they are called on a thread of their own. */
    private void tell(String name) {
        Thread.ofVirtual()
                .name("mcp " + name + " tells")
                .start(() -> listeners.forEach(listener -> listener.accept(name)));
    }

    /** The names of those that are enabled. */
    public Set<String> names() {
        return Collections.unmodifiableSet(links.keySet());
    }

    McpSettings settings() {
        return settings;
    }

    /**
     * Tells the name of each server whose tools may have changed: when it is connected, and when it says so. Called on
     * a virtual thread; may block.
     */
    void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Connects to one; completes when the first attempt is over, however it ended. */
    CompletableFuture<Void> connect(String server) throws ToolFailure {
        return link(server).connect();
    }

    /** The connection to a server. Connects if need be; blocks. */
    McpSession session(String server) throws ToolFailure, InterruptedException {
        return link(server).session();
    }

    private McpLink link(String server) throws ToolFailure {
        McpLink link = links.get(server);
        if (link == null) {
            throw ToolFailure.of(
                    ErrorKind.NOT_FOUND,
                    "MCP_SERVER",
                    "this runner has no MCP server '" + server + "'; it has " + links.keySet());
        }
        return link;
    }

    /** Ends all connections, and the processes behind them. Blocks until nothing is left of them. */
    @Override
    public void close() {
        List<Thread> closing = links.values().stream()
                .map(link -> Thread.ofVirtual().name("mcp closes").start(link::close))
                .toList();
        boolean interrupted = false;
        for (Thread thread : closing) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
