package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes sets of breadcrumbs under a name, for who must be the only one: of a set all can be read, or none, and who
 * opens a writer ends all others of its name, in whatever process. No lane shortens its way: everybody reads from the
 * log. One set at a time is under way.
 */
public interface Writer extends AutoCloseable {

    /**
     * Ends all other writers of this name, and completes when it is certain which of their sets can be read. To be
     * called first, and again after a set that failed, before anything is read that the next set rests on.
     */
    CompletableFuture<Void> open();

    /**
     * Publishes a set; completes, when all of it is durable, with its positions. Fails with {@code FENCED} if another
     * writer has taken the name: nothing was published; with {@code UNKNOWN} if it may have been.
     */
    CompletableFuture<List<Position>> write(List<Draft<?>> set);

    @Override
    void close();
}
