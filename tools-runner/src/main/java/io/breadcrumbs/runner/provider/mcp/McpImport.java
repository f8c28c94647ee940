package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.runner.catalogue.Imports;
import io.breadcrumbs.runner.provider.mcp.connection.McpSession;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tools of a runner's MCP servers in the catalogue as the servers say that they are. While a server is away,
 * its tools stay there: requests are answered with what is wrong. Each server is seen to by one thread at a time.
 */
public final class McpImport {

    private static final Logger LOG = LoggerFactory.getLogger(McpImport.class);

    private final McpServers servers;
    private final Imports imports;
    private final Around around;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();

    /**
     * The runner that imports.
     *
     * @param author its name in the catalogue
     */
    public record Around(Set<String> pools, String author, Time time) {

        public Around {
            pools = Set.copyOf(pools);
        }
    }

    /** @throws IllegalArgumentException if a server's tools belong to a pool that is not the runner's */
    public McpImport(McpServers servers, Imports imports, Around around) {
        this.servers = servers;
        this.imports = imports;
        this.around = around;
        servers.settings().servers().forEach((name, source) -> {
            if (!around.pools.contains(source.pool())) {
                throw new IllegalArgumentException("MCP server '" + name + "': expected a pool of this runner, one of "
                        + around.pools + ", got '" + source.pool() + "'");
            }
        });
    }

    /**
     * Takes out the tools of servers that this runner is not to have, connects to all others, and imports what they
     * have, now and whenever it changes. Completes when each has been tried once.
     */
    public CompletableFuture<Void> start() {
        servers.onChange(this::bring);
        List<CompletableFuture<Void>> tried = new ArrayList<>();
        tried.add(CompletableFuture.runAsync(this::clear, McpImport::onThread));
        for (String server : servers.names()) {
            tried.add(CompletableFuture.runAsync(() -> tryOnce(server), McpImport::onThread));
        }
        return CompletableFuture.allOf(tried.toArray(CompletableFuture[]::new));
    }

    private static void onThread(Runnable task) {
        Thread.ofVirtual().name("mcp imports").start(task);
    }

    private void tryOnce(String server) {
        try {
            servers.connect(server).join();
            bring(server);
        } catch (ToolFailure e) {
            states.put(server, String.valueOf(e.getMessage()));
        }
    }

    private void clear() {
        try {
            imports.replace(this::unwanted, List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean unwanted(ToolDefinition tool) {
        String server = ImportedSource.serverOf(tool);
        if (server == null || !around.pools.contains(tool.getPool())) {
            return false;
        }
        McpSource source = servers.settings().servers().get(server);
        return source == null ? servers.settings().alone() : !source.enabled();
    }

    /** Makes the catalogue's tools of a server those that it has now. */
    private void bring(String server) {
        McpSource source = servers.settings().servers().get(server);
        if (source == null) {
            return;
        }
        ReentrantLock lock = locks.computeIfAbsent(server, _ -> new ReentrantLock());
        lock.lock();
        try {
            McpSession session = servers.session(server);
            List<ToolDefinition> tools = new ImportedTools(server, source, around.author)
                    .of(session.version(), session.tools(), around.time.now());
            List<String> faults = imports.replace(tool -> isOf(server, source, tool), tools);
            faults.forEach(fault -> LOG.warn(
                    "MCP server {}: {}; the server's tool is left out: give it another \"prefix\", or take out the other",
                    server,
                    fault));
            int taken = tools.size() - faults.size();
            states.put(server, taken + " tools" + (faults.isEmpty() ? "" : "; " + String.join("; ", faults)));
        } catch (ToolFailure e) {
            states.put(server, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOf(String server, McpSource source, ToolDefinition tool) {
        return server.equals(ImportedSource.serverOf(tool)) && tool.getPool().equals(source.pool());
    }

    /** How the import of each server went the last time, by its name. */
    public Map<String, String> states() {
        return new TreeMap<>(states);
    }
}
