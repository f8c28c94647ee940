package io.breadcrumbs.sdk.breadcrumb;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Refusal;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Digests;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Changes breadcrumbs. Each change goes to the breadcrumb's owner as a command, and is answered by what was decided, as
 * soon as that stands in the log. The first change begins to read {@code breadcrumb.event.v1}, from its end on.
 */
public final class Breadcrumbs implements TailReader<BreadcrumbEvent>, AutoCloseable {

    /** Where requests for breadcrumbs go: the processes that have the view of them serve it. */
    public static final String POOL = "breadcrumbs";

    /** Tool of that pool: a search as {@code POST /breadcrumbs/search} takes it, answered as there. */
    public static final String FIND = "breadcrumb_find";

    /** Tool of that pool: {@code {"id": ...}}, answered as {@code GET /breadcrumbs/{id}/full}. */
    public static final String GET = "breadcrumb_get";

    /** Changes that may wait for their answer; beyond that they are refused. */
    static final int OPEN_AT_MOST = 20_000;

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int ID_DIGITS = 32;

    private final Bus bus;
    private final Duration within;
    private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
    private @Nullable Tail tail;
    private volatile boolean closed;

    /** Changes that wait ten seconds for their answer. */
    public Breadcrumbs(Bus bus) {
        this(bus, WITHIN);
    }

    /** @param within how long a change waits for its answer */
    public Breadcrumbs(Bus bus, Duration within) {
        this.bus = bus;
        this.within = within;
    }

    /**
     * Asks for a change. The future fails if the change cannot be asked for, and with {@code DEADLINE} if no answer
     * came in time: the change may be made all the same; who asks again with the same key asks for the same one.
     */
    public CompletableFuture<Answer> ask(Change change) {
        return ask(change, UUID.randomUUID().toString());
    }

    /**
     * Asks for a creation, or if there is one already, for a change of that.
     *
     * @param next the change
     */
    public CompletableFuture<Answer> put(Change creation, Change next) {
        return ask(creation)
                .thenCompose(answer -> answer instanceof Answer.Refused refused && refused.code() == RefusalCode.EXISTS
                        ? ask(next)
                        : CompletableFuture.completedFuture(answer));
    }

    /**
     * The same under an id of one's own, by which a repeated command is known for as long as its owner remembers.
     *
     * @param commandId in no use by others
     */
    public CompletableFuture<Answer> ask(Change change, String commandId) {
        if (open.size() >= OPEN_AT_MOST) {
            return CompletableFuture.failedFuture(new BusException(
                    ErrorCode.CAPACITY, "more than " + OPEN_AT_MOST + " changes wait for their answer"));
        }
        String id = id(change);
        BreadcrumbCommand command = change.command(id, commandId, bus.instance(), Instant.now());
        CompletableFuture<Answer> answer = open.computeIfAbsent(commandId, _ -> new CompletableFuture<>());
        if (closed) {
            answer.completeExceptionally(closed());
        }
        CompletableFuture<Answer> waiting = answer.copy()
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> late(failure, commandId));
        waiting.whenComplete((_, _) -> open.remove(commandId, answer));
        reading()
                .thenCompose(_ -> bus.publish(Catalogue.BREADCRUMB_COMMAND, id, command))
                .whenComplete((_, failure) -> {
                    // what the log may have will be answered, or not in time
                    if (failure != null && BusException.codeOf(failure) != ErrorCode.UNKNOWN) {
                        answer.completeExceptionally(failure);
                    }
                });
        return waiting;
    }

    /**
     * Looks for breadcrumbs of a workspace. Fails with a {@link ToolFailure}, as a cause, if the search is wrong.
     *
     * @param search a JSON document as {@code POST /breadcrumbs/search} takes it
     * @return the JSON document that is answered there
     */
    public CompletableFuture<String> find(String workspace, String search) {
        return asked(FIND, workspace, search);
    }

    /**
     * All there is to know of a breadcrumb, in JSON. Fails with a {@link ToolFailure}, as a cause, if it is not there.
     */
    public CompletableFuture<String> get(String workspace, String id) {
        return asked(GET, workspace, JsonObject.builder().put("id", id).build().toString());
    }

    private CompletableFuture<String> asked(String tool, String workspace, String input) {
        Ask ask = new Ask(tool, input, POOL, workspace, bus.instance(), within);
        return bus.request(ask).durable().thenApply(Breadcrumbs::output);
    }

    private static String output(ToolResponse answer) {
        ToolError error = answer.getError();
        if (error != null) {
            throw new CompletionException(ToolFailure.of(error));
        }
        return String.valueOf(answer.getOutput());
    }

    private Answer late(Throwable failure, String commandId) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            throw new BusException(
                    ErrorCode.DEADLINE,
                    "no answer to command " + commandId + " within " + within + ", it may come later");
        }
        throw failure instanceof CompletionException known ? known : new CompletionException(failure);
    }

    /** A creation that is repeated under its key, by whomever, must meet the first one. */
    private static String id(Change change) {
        String key = change.key();
        if (!change.id().isEmpty()) {
            return change.id();
        }
        return key == null ? UUID.randomUUID().toString() : digest(change.workspace() + "\n" + key);
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Digests.sha256(text)).substring(0, ID_DIGITS);
    }

    private synchronized CompletableFuture<Void> reading() {
        if (closed) {
            return CompletableFuture.failedFuture(closed());
        }
        Tail running = tail;
        if (running == null) {
            running = bus.tail(TailFrom.end(Catalogue.BREADCRUMB_EVENT), this);
            tail = running;
        }
        return running.ready();
    }

    private BusException closed() {
        return new BusException(ErrorCode.CLOSED, "the breadcrumbs of " + bus.instance() + " are closed");
    }

    @Override
    public void read(Breadcrumb<BreadcrumbEvent> breadcrumb, Position position, Lane lane) {
        BreadcrumbEvent event = breadcrumb.value();
        String commandId = event == null ? null : event.getCommandId();
        if (event == null || commandId == null) {
            return;
        }
        CompletableFuture<Answer> waiting = open.get(commandId);
        if (waiting != null) {
            waiting.complete(answer(event, position));
        }
    }

    private static Answer answer(BreadcrumbEvent event, Position position) {
        Refusal refusal = event.getRefusal();
        if (refusal != null) {
            return new Answer.Refused(
                    event.getBreadcrumbId(),
                    RefusalCode.of(refusal.getCode()),
                    refusal.getMessage(),
                    event.getBreadcrumbVersion(),
                    position);
        }
        BreadcrumbEventKind first = event.getRepeated();
        return new Answer.Done(
                event.getBreadcrumbId(),
                first == null ? event.getKind() : first,
                event.getBreadcrumbVersion(),
                event.getChecksum(),
                event.getKind() == BreadcrumbEventKind.REPEATED,
                position);
    }

    /** What waits for an answer fails. */
    @Override
    public void close() {
        Tail running;
        synchronized (this) {
            closed = true;
            running = tail;
        }
        open.values().forEach(waiting -> waiting.completeExceptionally(closed()));
        if (running != null) {
            running.close();
        }
    }
}
