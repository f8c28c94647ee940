package io.breadcrumbs.sdk.testkit.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Asked;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a tool on trial sees. It notes what the tool tells and publishes, answers what it asks as it was told to, and
 * lets it wait in a time of its own, which begins at {@link #START} and moves only so. Guarded by its monitor.
 */
public final class TrialContext implements ToolContext {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final String tool;
    private final ToolRequest request;
    private final Instant deadline;
    private final Map<String, Reply> replies = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<Draft<?>> published = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final List<String> deltas = new ArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private Instant now = START;
    private boolean cancelled;

    /** The context of an execution that may take so long. */
    public TrialContext(String tool, Duration timeout) {
        this.tool = tool;
        this.deadline = START.plus(timeout);
        this.request = ToolRequest.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_REQUEST, "trial-1", Metas.DEFAULT_WORKSPACE, "trial", START))
                .setRequestId("trial-1")
                .setTool(tool)
                .setDeadlineMs(deadline.toEpochMilli())
                .build();
    }

    // ------------------------------------------------------------------ before the trial

    /** From now on, questions to this tool are answered so. */
    public synchronized TrialContext answering(String other, Reply reply) {
        replies.put(other, reply);
        return this;
    }

    /** From now on, the tool may read this secret. */
    public synchronized TrialContext secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    // ------------------------------------------------------------------ what the tool did

    /** What it told of its progress. */
    public synchronized List<String> progress() {
        return List.copyOf(progress);
    }

    /** The pieces of output that it told. */
    public synchronized List<String> deltas() {
        return List.copyOf(deltas);
    }

    public synchronized List<Draft<?>> published() {
        return List.copyOf(published);
    }

    /** What it asked of other tools. */
    public synchronized List<Question> questions() {
        return List.copyOf(questions);
    }

    /** How long it waited. */
    public synchronized Duration waited() {
        return Duration.between(START, now);
    }

    /** Cancels the execution: closes what is to be closed then. Who waits later is interrupted at once. */
    public void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        end();
    }

    /** The execution is over: closes what is to be closed at the end. */
    public void end() {
        AutoCloseable resource = next();
        while (resource != null) {
            close(resource);
            resource = next();
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        return resources.poll();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new AssertionError(resource.getClass().getName() + " did not close", e);
        }
    }

    // ------------------------------------------------------------------ what the tool sees

    @Override
    public ToolRequest request() {
        return request;
    }

    @Override
    public String idempotencyKey() {
        return request.getRequestId();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
        synchronized (this) {
            if (!cancelled) {
                resources.push(resource);
                return;
            }
        }
        close(resource);
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("tool." + tool);
    }

    @Override
    public Asked ask(String other, Object input) {
        Reply reply;
        JsonNode document;
        int number;
        synchronized (this) {
            document = document(input);
            questions.add(new Question(other, document));
            number = questions.size();
            reply = replies.getOrDefault(other, _ -> {
                throw ToolFailure.of(
                        ErrorKind.NOT_FOUND, "TOOL_NOT_FOUND", "the trial was not told what '" + other + "' answers");
            });
        }
        return answer("trial-1/" + number, reply, document);
    }

    private static JsonNode document(Object input) {
        try {
            return Values.parse(input instanceof String text ? text : Values.write(input));
        } catch (ToolFailure failure) {
            throw new AssertionError("expected a JSON document, got " + input, failure);
        }
    }

    private static Asked answer(String requestId, Reply reply, JsonNode input) {
        try {
            return new Answered(requestId, reply.to(input), null);
        } catch (ToolFailure failure) {
            return new Answered(requestId, "", failure);
        }
    }

    private record Answered(
            String requestId, String output, @Nullable ToolFailure failure) implements Asked {

        @Override
        public String await() throws ToolFailure {
            if (failure != null) {
                throw failure;
            }
            return output;
        }
    }

    /** Waits for what the test completes; once cancelled, not at all. */
    @Override
    public <T> T await(CompletableFuture<T> something) throws ExecutionException, InterruptedException {
        if (cancelled()) {
            throw new InterruptedException("the execution was stopped");
        }
        return something.get();
    }

    /** Lets time pass at once; beyond the deadline the tool is interrupted, as on a runner. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        synchronized (this) {
            now = now.plus(duration);
            if (now.isAfter(deadline)) {
                now = deadline;
                cancelled = true;
            }
            if (!cancelled) {
                return;
            }
        }
        end();
        throw new InterruptedException("the execution was stopped");
    }

    @Override
    public synchronized <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        published.add(draft);
        Partition partition = new Partition(draft.topic().name(), 0);
        return CompletableFuture.completedFuture(new Position(partition, published.size() - 1L));
    }

    @Override
    public synchronized void progress(String text) {
        progress.add(text);
    }

    @Override
    public synchronized void delta(String text) {
        deltas.add(text);
    }

    @Override
    public synchronized String secret(String name) throws ToolFailure {
        String value = secrets.get(name);
        if (value == null) {
            throw ToolFailure.of(
                    ErrorKind.PERMISSION, "SECRET", "tool '" + tool + "' may not read secret '" + name + "'");
        }
        return value;
    }
}
