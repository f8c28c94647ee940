package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.ToolResponse;
import java.util.concurrent.CompletableFuture;

/**
 * A request whose answer is awaited.
 *
 * @param answered the answer as soon as any lane brings it; fails with {@code DEADLINE} when it is too late, or when
 *     the request could not be published. Dependents that are not async run on a thread of the bus and must not block
 *     it
 * @param durable the answer when the log has it: only then may it leave the process
 */
public record Call(
        String requestId, CompletableFuture<ToolResponse> answered, CompletableFuture<ToolResponse> durable) {}
