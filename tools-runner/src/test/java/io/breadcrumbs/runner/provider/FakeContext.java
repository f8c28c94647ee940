package io.breadcrumbs.runner.provider;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Asked;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of a tool that a test executes: never waits, and tells what it was asked for. */
public final class FakeContext implements ToolContext {

    private final Instant deadline;
    private final Map<String, String> secrets;
    private final List<Duration> slept = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> resources = Collections.synchronizedList(new ArrayList<>());
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private volatile Runnable atProgress = () -> {};
    private boolean closed;

    public FakeContext(Instant deadline, Map<String, String> secrets) {
        this.deadline = deadline;
        this.secrets = secrets;
    }

    /** How long the tool wanted to sleep, each time. */
    public List<Duration> slept() {
        return List.copyOf(slept);
    }

    /** What the tool told of its progress. */
    public List<String> progressed() {
        return List.copyOf(progress);
    }

    /** What is to happen when the tool tells of its progress, on whichever thread it does. */
    public void atProgress(Runnable action) {
        atProgress = action;
    }

    /** Closes what the tool asked to be closed when it is stopped, and from now on at once what it asks for later. */
    public void closeAll() throws Exception {
        List<AutoCloseable> opened;
        synchronized (resources) {
            closed = true;
            opened = List.copyOf(resources);
        }
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Override
    public ToolRequest request() {
        return ToolRequest.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_REQUEST, "request-1", Metas.DEFAULT_WORKSPACE, "test", Instant.EPOCH))
                .setRequestId("request-1")
                .setTool("tool")
                .build();
    }

    @Override
    public String idempotencyKey() {
        return "key-1";
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
        synchronized (resources) {
            if (!closed) {
                resources.add(resource);
                return;
            }
        }
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("it cannot be closed", e);
        }
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("tool.test");
    }

    @Override
    public Asked ask(String tool, Object input) {
        throw new UnsupportedOperationException("ask");
    }

    @Override
    public <T> T await(CompletableFuture<T> something) throws ExecutionException, InterruptedException {
        return something.get();
    }

    @Override
    public void sleep(Duration duration) {
        slept.add(duration);
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        throw new UnsupportedOperationException("publish");
    }

    @Override
    public void progress(String text) {
        progress.add(text);
        atProgress.run();
    }

    @Override
    public void delta(String text) {
        throw new UnsupportedOperationException("delta");
    }

    @Override
    public String secret(String name) throws ToolFailure {
        String secret = secrets.get(name);
        if (secret == null) {
            throw ToolFailure.of(ErrorKind.PERMISSION, "SECRET", "no secret '" + name + "'");
        }
        return secret;
    }
}
