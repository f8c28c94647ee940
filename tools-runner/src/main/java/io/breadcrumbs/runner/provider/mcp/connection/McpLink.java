package io.breadcrumbs.runner.provider.mcp.connection;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server connected, from the first time that somebody wants it: connects on a virtual thread, and again when
 * an attempt fails or the connection is lost, after a pause that doubles until a connection has held for a while. Who
 * wants the server waits for an attempt that is under way, and is told what is wrong while a failed one is waited out.
 * Guarded by its monitor, under which it calls nobody.
 */
public final class McpLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);
    private static final Duration HELD = Duration.ofSeconds(10);

    /** Servers may be newer than the library. */
    private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    private final Connector connector;
    private final ServerFailures failures;
    private final Time time;
    private final Runnable changed;
    private final CompletableFuture<Void> tried = new CompletableFuture<>();
    private @Nullable Attempt current;
    private @Nullable Attempt last;
    private @Nullable McpSession former;
    private @Nullable ToolFailure fault;
    private @Nullable Instant since;
    private Duration pause = FIRST_PAUSE;
    private Runnable timer = () -> {};
    private boolean closed;

    /** @param changed called when the server's tools may have changed, and when it is connected; must not block */
    public McpLink(String name, McpServer server, McpLimits limits, Around around, Runnable changed) {
        this.connector = new Connector(name, server, limits, around.secrets, JSON);
        this.failures = new ServerFailures(name);
        this.time = around.time;
        this.changed = changed;
    }

    /** What the runner gives to all links. */
    public record Around(Secrets secrets, Time time) {}

    /** An attempt to connect, and the connection that came of it. */
    private static final class Attempt {
        private final CompletableFuture<McpSession> session = new CompletableFuture<>();
        private final Thread thread;

        Attempt(String server, Consumer<Attempt> work) {
            thread = Thread.ofVirtual().name("mcp " + server + " connects").unstarted(() -> work.accept(this));
        }
    }

    /** Connects, unless somebody has begun to. Completes when the first attempt is over, however it ended. */
    public CompletableFuture<Void> connect() {
        begin(false);
        return tried;
    }

    /** The connection, as soon as there is one. Blocks. */
    public McpSession session() throws ToolFailure, InterruptedException {
        Attempt wanted;
        begin(false);
        synchronized (this) {
            if (closed) {
                throw failures.unreachable("the runner is closing");
            }
            if (current == null) {
                throw fault == null ? failures.unreachable("it is not connected") : fault;
            }
            wanted = current;
        }
        try {
            return wanted.session.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ToolFailure failure
                    ? failure
                    : failures.unreachable("its connection was given up");
        }
    }

    /** @param again whether the pause after a fault is over */
    private void begin(boolean again) {
        Attempt attempt;
        synchronized (this) {
            if (closed || current != null || (fault != null && !again)) {
                return;
            }
            attempt = new Attempt(connector.name(), this::connect);
            current = attempt;
            last = attempt;
            fault = null;
        }
        attempt.thread.start();
    }

    private void connect(Attempt attempt) {
        try {
            closeFormer();
            McpSession opened = connector.connect(time, changed);
            synchronized (this) {
                since = time.now();
            }
            if (!attempt.session.complete(opened)) {
                opened.close(); // the link was closed meanwhile
                return;
            }
            LOG.info(
                    "MCP server {} is connected, it has {} tools",
                    connector.name(),
                    opened.tools().size());
            changed.run();
            opened.ended().thenAccept(why -> over(attempt, failures.unreachable(why)));
        } catch (ToolFailure e) {
            over(attempt, e);
        } catch (IOException e) {
            over(attempt, failures.unreachable(String.valueOf(e.getMessage())));
        } catch (InterruptedException | RuntimeException e) {
            LOG.warn("connecting to MCP server {} failed", connector.name(), e);
            over(attempt, failures.unreachable("connecting failed; the runner's log says how"));
        } finally {
            tried.complete(null);
        }
    }

    /** Waits until nothing is left of the last connection. */
    private void closeFormer() {
        McpSession closing;
        synchronized (this) {
            closing = former;
            former = null;
        }
        if (closing != null) {
            closing.close();
        }
    }

    /** There is no connection: there will be another attempt. */
    private void over(Attempt which, ToolFailure why) {
        Duration wait = null;
        synchronized (this) {
            if (!closed && which == current) {
                boolean held = since != null && since.plus(HELD).isBefore(time.now());
                wait = held ? FIRST_PAUSE : pause;
                Duration longer = wait.multipliedBy(2);
                pause = longer.compareTo(LAST_PAUSE) < 0 ? longer : LAST_PAUSE;
                since = null;
                current = null;
                former = which.session.isDone() ? which.session.join() : null;
                fault = why;
                timer = time.after(wait, () -> begin(true));
            }
        }
        if (wait != null) {
            LOG.warn("{}; next attempt in {} ms", why.getMessage(), wait.toMillis());
        }
        which.session.completeExceptionally(why);
    }

    /** Ends the connection, and does not connect again. Blocks until nothing is left of it. */
    @Override
    public void close() {
        Attempt open;
        Attempt ending;
        synchronized (this) {
            closed = true;
            open = current;
            ending = last;
            current = null;
        }
        timer.run();
        tried.complete(null);
        if (open != null
                && !open.session.completeExceptionally(failures.unreachable("the runner is closing"))
                && !open.session.isCompletedExceptionally()) {
            open.session.join().close();
        }
        if (ending != null) {
            end(ending.thread);
        }
        closeFormer();
    }

    private static void end(Thread attempt) {
        attempt.interrupt();
        boolean interrupted = false;
        while (attempt.isAlive()) {
            try {
                attempt.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
