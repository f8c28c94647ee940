package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that is being answered, for as long as it takes. Any thread; guarded by its monitor. */
public final class Exchange {

    private final Caller caller;
    private final Incoming request;
    private final Revision revision;
    private final @Nullable EventStream stream;
    private final CompletableFuture<String> stopped = new CompletableFuture<>();

    /** @param stream where notices and the answer go; null: there is one answer and nothing before it */
    public Exchange(Caller caller, Incoming request, Revision revision, @Nullable EventStream stream) {
        this.caller = caller;
        this.request = request;
        this.revision = revision;
        this.stream = stream;
    }

    public Caller caller() {
        return caller;
    }

    public Incoming request() {
        return request;
    }

    public Revision revision() {
        return revision;
    }

    /** The stream on which it is answered. */
    public @Nullable EventStream stream() {
        return stream;
    }

    /** By what the client wants to hear of progress; null if it does not, or cannot. */
    public @Nullable JsonNode progressToken() {
        JsonNode token = request.meta().get("progressToken");
        return stream != null && token != null && token.isValueNode() && !token.isNull() ? token : null;
    }

    /** Tells the client something before the answer. */
    public void tell(ObjectNode notice) {
        if (stream != null && !isStopped()) {
            stream.send(notice);
        }
    }

    /** Nobody wants the answer any more, which nobody gets then. */
    public void stop(String reason) {
        if (stopped.complete(reason) && stream != null) {
            stream.end();
        }
    }

    public boolean isStopped() {
        return stopped.isDone();
    }

    /** What is to be done when nobody wants the answer any more; at once if that is so. */
    public void whenStopped(Consumer<String> task) {
        stopped.thenAccept(task);
    }
}
