package io.breadcrumbs.api.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.events.Told;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.view.Filter;
import io.breadcrumbs.api.view.Seen;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.WebhookDelivery;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.egress.Guard;
import io.breadcrumbs.sdk.egress.Names;
import io.breadcrumbs.sdk.egress.WebClient;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.operate.Retried;
import io.breadcrumbs.sdk.selector.Selection;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Subscriptions of callers, and the posts that follow from them. Requests may block in it. */
public final class Webhooks implements AutoCloseable {

    private static final int PER_WORKSPACE = 500;
    private static final int SECRET_CHARS_AT_LEAST = 16;
    private static final int SECRET_CHARS = 200;
    private static final int URL_CHARS = 2_000;

    /** How long a post that is made once more waits for its event. */
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(10);

    private final Bus bus;
    private final BreadcrumbStore store;
    private final WebhookSettings settings;
    private final Sending sending;
    private final Guard guard = new Guard(Names.ofMachine());
    private final Subscriptions subscriptions;
    private final Outcomes outcomes;
    private final Deliverer deliverer;

    /** A subscription as a caller asks for it; a secret is drawn if none is given. */
    record Wanted(
            @Nullable String url,
            @Nullable JsonNode selector,
            @Nullable String secret) {}

    /** Begins to read; joins the group as soon as there is a subscription. */
    public Webhooks(Bus bus, Time time, Executor hands, BreadcrumbStore store, WebhookSettings settings) {
        this.bus = bus;
        this.store = store;
        this.settings = settings;
        WebClient web = new WebClient(guard, time, (SSLSocketFactory) SSLSocketFactory.getDefault());
        outcomes = new Outcomes(bus, time);
        sending = new HttpSending(web, settings, time);
        subscriptions = new Subscriptions(bus);
        deliverer = new Deliverer(
                new Deliverer.Around(time, hands, new Random()), subscriptions::all, settings, sending, outcomes);
        subscriptions.tell(new Subscriptions.Listener() {
            @Override
            public void some() {
                hands.execute(() -> deliverer.join(bus));
            }

            @Override
            public void gone(String id) {
                deliverer.gone(id);
                outcomes.forget(id);
            }
        });
    }

    /** How many events wait for their receivers here. */
    public int open() {
        return deliverer.open();
    }

    /** Stores a subscription; the answer alone has its secret. */
    ObjectNode create(Caller caller, Wanted wanted) {
        String url = url(wanted.url());
        Subscribed.selection(wanted.selector());
        String given = wanted.secret();
        if (given != null && (given.length() < SECRET_CHARS_AT_LEAST || given.length() > SECRET_CHARS)) {
            throw Bodies.wrong(
                    "secret",
                    "expected " + SECRET_CHARS_AT_LEAST + " to " + SECRET_CHARS + " characters, got " + given.length());
        }
        if (all(caller).count() >= PER_WORKSPACE) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY, "expected at most " + PER_WORKSPACE + " subscriptions of a workspace");
        }
        String secret = given == null ? settings.secrets().draw() : given;
        String id = Subscribed.PREFIX + UUID.randomUUID();
        ObjectNode context = JsonNodeFactory.instance.objectNode().put("url", url);
        if (wanted.selector() != null) {
            context.set("selector", wanted.selector());
        }
        context.put("secret", settings.secrets().hidden(secret, Subscribed.owner(id, caller.workspace(), url)));
        store.made(caller, Change.create(Subscribed.SCHEMA).id(id).context(context.toString()));
        return shape(find(caller, id)).put("secret", secret);
    }

    private String url(@Nullable String text) {
        if (text == null || text.length() > URL_CHARS) {
            throw Bodies.wrong("url", "expected one of up to " + URL_CHARS + " characters, got none, or a longer one");
        }
        try {
            guard.demand(URI.create(text), settings.reach());
        } catch (IllegalArgumentException e) {
            throw Bodies.wrong("url", "expected a URL, got " + text);
        } catch (ToolFailure e) {
            if (e.kind() == ErrorKind.PERMISSION || e.kind() == ErrorKind.VALIDATION) {
                throw Bodies.wrong("url", String.valueOf(e.getMessage()));
            } // what has no address now may have one when there is something to post
        }
        return text;
    }

    /** The subscriptions of the caller's workspace, the newest first. */
    List<ObjectNode> list(Caller caller) {
        return all(caller).map(Webhooks::shape).toList();
    }

    ObjectNode get(Caller caller, String id) {
        return shape(find(caller, id));
    }

    void delete(Caller caller, String id) {
        store.made(caller, Change.delete(find(caller, id).id()));
    }

    /** What came of its last posts, the newest first. */
    List<WebhookDelivery> deliveries(Caller caller, String id) {
        return outcomes.of(find(caller, id).id());
    }

    /**
     * Makes the post once more that a dead letter is about, with the id that it had. Blocks for an attempt.
     *
     * @param letter of a webhook
     */
    public Retried again(String letterId, DeadLetter letter) {
        Position position = new Position(new Partition(letter.getTopic(), letter.getPartition()), letter.getOffset());
        BreadcrumbEvent event = event(position);
        if (event == null) {
            return new Retried.Kept(letterId, "its event is not kept any more");
        }
        Told told = new Told(event, position);
        Sending.Post post = subscriptions.all().stream()
                .map(to -> new Sending.Post(to, told))
                .filter(one ->
                        one.id().equals(letter.getMeta().getId()) && one.to().means(told))
                .findFirst()
                .orElse(null);
        if (post == null) {
            return new Retried.Kept(letterId, "its subscription is no more");
        }
        return switch (sending.send(post)) {
            case Sending.Result.Taken(int status) -> {
                outcomes.delivered(post, letter.getAttempts() + 1, status);
                yield new Retried.Posted(letterId, post.to().url().getHost());
            }
            case Sending.Result.Failed failed ->
                new Retried.Kept(letterId, "its receiver did not take it: " + failed.message());
        };
    }

    private @Nullable BreadcrumbEvent event(Position position) {
        try {
            return bus
                    .find(Catalogue.BREADCRUMB_EVENT, List.of(position))
                    .get(FOUND_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .findFirst()
                    .map(io.breadcrumbs.sdk.Breadcrumb::value)
                    .orElse(null);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the log does not give the event of the post");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "interrupted");
        }
    }

    private Stream<Subscribed> all(Caller caller) {
        Selection selection = Selection.of(
                Selector.newBuilder().setSchemaName(Subscribed.SCHEMA).build());
        return store
                .find(Filter.of(BreadcrumbStore.viewer(caller), selection), PER_WORKSPACE, null, Seen.NOTHING)
                .breadcrumbs()
                .stream()
                .map(Subscribed::of)
                .filter(Objects::nonNull);
    }

    private Subscribed find(Caller caller, String id) {
        Breadcrumb found = store.get(caller, id, Seen.NOTHING);
        Subscribed subscribed = Subscribed.of(found);
        if (subscribed == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "expected the id of a subscription of workspace " + caller.workspace() + ", got " + id);
        }
        return subscribed;
    }

    private static ObjectNode shape(Subscribed one) {
        ObjectNode shape = JsonNodeFactory.instance
                .objectNode()
                .put("id", one.id())
                .put("url", one.url().toString());
        shape.set("selector", one.selector());
        return shape.put(
                "created_at", java.time.Instant.ofEpochMilli(one.createdAtMs()).toString());
    }

    /** Leaves the group. Blocks. */
    @Override
    public void close() {
        deliverer.close();
        subscriptions.close();
        outcomes.close();
    }
}
