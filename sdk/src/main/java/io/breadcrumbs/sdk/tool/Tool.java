package io.breadcrumbs.sdk.tool;

/**
 * A tool in Java. Runners find tools by {@link java.util.ServiceLoader}, or are given them.
 *
 * @param <I> its input, a record
 * @param <O> its output, a record
 */
public interface Tool<I, O> {

    /** What the tool says of itself. Called once, when a runner starts; always the same. */
    ToolSpec<I, O> spec();

    /**
     * Executes one request, on a virtual thread of its own; several at once. It may block. When the request is
     * cancelled or its time is over, the thread is interrupted: the tool must end then, and leave nothing running.
     *
     * @throws ToolFailure for a failure that the tool foresees; anything else thrown is answered as kind runtime
     */
    O execute(I input, ToolContext context) throws Exception;
}
