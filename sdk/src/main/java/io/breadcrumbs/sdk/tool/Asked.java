package io.breadcrumbs.sdk.tool;

/** Another tool that was asked. */
public interface Asked {

    String requestId();

    /** Waits for the output, a JSON document; holds no execution slot meanwhile. Fails as the other tool failed. */
    String await() throws ToolFailure, InterruptedException;

    /** Waits for the output, as a record. */
    default <O> O await(Class<O> output) throws ToolFailure, InterruptedException {
        return Values.read(await(), output);
    }
}
