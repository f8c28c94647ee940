package io.breadcrumbs.runner.provider.mcp.connection;

import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One call of a tool that is under way. Guarded by its monitor, under which it calls nobody. */
final class McpCall {

    private final String token = UUID.randomUUID().toString();
    private final Consumer<String> progress;
    private @Nullable Sent sent;
    private boolean over;
    private boolean late;

    /**
     * A call that was sent.
     *
     * @param id of the request that it became
     * @param sink fails when nobody waits any more
     */
    record Sent(Object id, MonoSink<Void> sink) {}

    McpCall(Consumer<String> progress) {
        this.progress = progress;
    }

    /** What the server names when it tells how far it is. */
    String token() {
        return token;
    }

    void progressed(ProgressNotification told) {
        String message = told.message();
        Double total = told.total();
        String far = total == null ? text(told.progress()) : text(told.progress()) + "/" + text(total);
        progress.accept(message == null || message.isBlank() ? far : far + " " + message);
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** False if it is over already: then it must not be sent. */
    synchronized boolean sentAs(Object id, MonoSink<Void> sink) {
        if (over) {
            return false;
        }
        sent = new Sent(id, sink);
        return true;
    }

    synchronized @Nullable Sent sent() {
        return sent;
    }

    /** It is answered or given up; true the first time. */
    synchronized boolean end(boolean becauseLate) {
        boolean first = !over;
        over = true;
        late |= first && becauseLate;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized boolean isLate() {
        return late;
    }
}
