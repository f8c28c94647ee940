package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.WebhookDelivery;
import io.breadcrumbs.schemas.WebhookOutcome;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What came of posts, by whichever instance: written down, and the last of each subscription read. Any thread. */
final class Outcomes implements TailReader<WebhookDelivery>, AutoCloseable {

    static final int KEPT = 100;
    private static final int READ_AT_START = 1_000;

    private final Bus bus;
    private final Time time;
    private final Map<String, Deque<WebhookDelivery>> recent = new ConcurrentHashMap<>();
    private final Tail tail;

    /** How a post ended. */
    private record Ended(
            WebhookOutcome outcome, int status, @Nullable String message) {}

    Outcomes(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
        tail = bus.tail(TailFrom.newest(Catalogue.WEBHOOK_DELIVERY, READ_AT_START), this);
    }

    /** The last of a subscription, the newest first. */
    List<WebhookDelivery> of(String subscription) {
        Deque<WebhookDelivery> known = recent.get(subscription);
        if (known == null) {
            return List.of();
        }
        synchronized (known) {
            return List.copyOf(known);
        }
    }

    void forget(String subscription) {
        recent.remove(subscription);
    }

    @Override
    public void read(Breadcrumb<WebhookDelivery> breadcrumb, Position position, Lane lane) {
        WebhookDelivery delivery = breadcrumb.value();
        if (delivery != null) {
            Deque<WebhookDelivery> known =
                    recent.computeIfAbsent(delivery.getSubscriptionId(), _ -> new ArrayDeque<>());
            synchronized (known) {
                known.addFirst(delivery);
                if (known.size() > KEPT) {
                    known.removeLast();
                }
            }
        }
    }

    /** The receiver has it. */
    void delivered(Sending.Post post, int attempts, int status) {
        note(post, attempts, new Ended(WebhookOutcome.DELIVERED, status, null));
    }

    /** Nobody will try it again; completes when the dead letter is durable. */
    CompletableFuture<Position> bury(Job job, String code, String message) {
        note(job.post(), job.attempts(), new Ended(WebhookOutcome.DEAD, 0, message));
        DeadLetter letter = letter(job, code, message);
        return new Durably(bus, time).publish(Draft.of(Catalogue.DEAD_LETTER, job.id(), letter));
    }

    private void note(Sending.Post post, int attempts, Ended ended) {
        BreadcrumbEvent event = post.told().event();
        String subscription = post.to().id();
        String id = post.id();
        Instant now = time.now();
        WebhookDelivery delivery = WebhookDelivery.newBuilder()
                .setMeta(Metas.of(Catalogue.WEBHOOK_DELIVERY, id, post.to().workspace(), bus.instance(), now))
                .setSubscriptionId(subscription)
                .setDeliveryId(id)
                .setBreadcrumbId(event.getBreadcrumbId())
                .setEvent(event.getKind())
                .setBreadcrumbVersion(event.getBreadcrumbVersion())
                .setOutcome(ended.outcome())
                .setStatus(ended.status())
                .setAttempts(attempts)
                .setMessage(ended.message())
                .setEndedAtMs(now.toEpochMilli())
                .build();
        bus.publish(Catalogue.WEBHOOK_DELIVERY, subscription, delivery); // for people: nothing rests on it
    }

    /** Without the event's bytes: published once more it would happen to the breadcrumb again. */
    private DeadLetter letter(Job job, String code, String message) {
        Instant now = time.now();
        String to = job.to().url().getHost();
        return DeadLetter.newBuilder()
                .setMeta(Metas.of(Catalogue.DEAD_LETTER, job.id(), job.to().workspace(), bus.instance(), now))
                .setTopic(Catalogue.BREADCRUMB_EVENT.name())
                .setPartition(job.told().partition())
                .setOffset(job.told().offset())
                .setCode(code)
                .setMessage("subscription " + job.to().id() + " at host " + to + ": " + message)
                .setKey(ByteBuffer.wrap(job.about().getBytes(StandardCharsets.UTF_8)))
                .setFailedBy(bus.instance())
                .setFailedAtMs(now.toEpochMilli())
                .setAttempts(job.attempts())
                .build();
    }

    @Override
    public void close() {
        tail.close();
    }
}
