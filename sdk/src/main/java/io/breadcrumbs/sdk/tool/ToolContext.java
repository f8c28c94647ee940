package io.breadcrumbs.sdk.tool;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;

/** What a tool sees of the request that it executes, and what it can do beside its own work. */
public interface ToolContext {

    /** The request: who asks, in which workspace and run, in which attempt. */
    ToolRequest request();

    /** The same in every attempt at the same effect, whoever executes it: what outside systems recognise it by. */
    String idempotencyKey();

    /** When the execution is stopped. */
    Instant deadline();

    /** Whether the execution is to end. The thread is interrupted then; this is for tools that compute. */
    boolean cancelled();

    /**
     * Closes something when the execution is stopped, so that what blocks on it ends. Closed at the end in any case.
     */
    void closeAtEnd(AutoCloseable resource);

    /** Logs under the tool's name. The secrets that the execution was given are taken out of each line. */
    Logger log();

    /** Asks for another tool, in the same workspace and within this deadline. */
    Asked ask(String tool, Object input);

    /** Waits without holding an execution slot. */
    void sleep(Duration duration) throws InterruptedException;

    /** Waits for something without holding an execution slot. */
    <T> T await(CompletableFuture<T> something) throws ExecutionException, InterruptedException;

    /** Publishes a breadcrumb. */
    <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft);

    /** Tells whoever watches how far it is; cheap, sent in batches. */
    void progress(String text);

    /** Tells whoever watches a piece of the output; cheap, sent in batches. */
    void delta(String text);

    /** A secret that the tool may read. Never to be logged, answered or published. */
    String secret(String name) throws ToolFailure;
}
