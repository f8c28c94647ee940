package io.breadcrumbs.runner.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.runner.trigger.Bound.Selecting;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.breadcrumb.Grants;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads as a member of a pool's group what was decided about breadcrumbs, and asks for the tools that select it. An
 * event is done when all its requests are durable. Who has the first partition keeps the pool's clock. Any thread.
 */
final class PoolTriggers implements Receiver<BreadcrumbEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(PoolTriggers.class);

    /** Events at once; the log keeps the others. */
    private static final int AT_ONCE = 256;

    private static final int CLOCK = 0;

    private final Supplier<List<Bound>> triggers;
    private final Firing firing;
    private final Executor hands;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile boolean keepsClock;

    PoolTriggers(Supplier<List<Bound>> triggers, Firing firing, Executor hands) {
        this.triggers = triggers;
        this.firing = firing;
        this.hands = hands;
    }

    boolean keepsClock() {
        return keepsClock;
    }

    @Override
    public boolean offer(Delivery<BreadcrumbEvent> delivery) {
        if (!room.tryAcquire()) {
            return false;
        }
        delivery.durable().whenComplete((_, failure) -> {
            if (failure == null) {
                hands.execute(() -> handle(delivery));
            } else {
                room.release();
                delivery.giveBack();
            }
        });
        return true;
    }

    private void handle(Delivery<BreadcrumbEvent> delivery) {
        BreadcrumbEvent event = delivery.breadcrumb().body();
        CompletableFuture<?>[] asked = triggers.get().stream()
                .filter(Selecting.class::isInstance)
                .map(Selecting.class::cast)
                .filter(trigger -> means(trigger, event))
                .map(trigger -> firing.ask(trigger, cause(trigger, event)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(asked).whenComplete((_, failure) -> {
            room.release();
            if (failure != null && Firing.isClosed(failure)) {
                return; // the next owner of the partition meets the event again
            }
            if (failure != null) {
                LOG.atWarn()
                        .addKeyValue("event", "trigger-failed")
                        .log(
                                "breadcrumb {}: a tool that selects it cannot be asked for: {}",
                                event.getBreadcrumbId(),
                                failure.toString());
            }
            delivery.done();
        });
    }

    /** What is older than a trigger was not meant by it: a group that is new reads the whole history. */
    private static boolean means(Selecting trigger, BreadcrumbEvent event) {
        boolean decided =
                event.getKind() == BreadcrumbEventKind.CREATED || event.getKind() == BreadcrumbEventKind.UPDATED;
        long decidedAtMs = event.getMeta().getUpdatedAtMs();
        boolean since = decidedAtMs == 0
                || decidedAtMs >= trigger.tool().definition().getMeta().getUpdatedAtMs();
        return decided
                && since
                && isGranted(trigger, event)
                && trigger.selection().matches(event);
    }

    /** Whoever wrote the tool gets what it is given: private breadcrumbs only where that one may see them. */
    private static boolean isGranted(Selecting trigger, BreadcrumbEvent event) {
        String author = trigger.tool().definition().getMeta().getAuthor();
        return Grants.sees(author == null ? "" : author, event.getVisibility(), event.getCreatedBy(), event.getAcl());
    }

    private static Firing.Cause cause(Selecting trigger, BreadcrumbEvent event) {
        ObjectNode input = trigger.input().deepCopy();
        ObjectNode breadcrumb = input.putObject("breadcrumb")
                .put("id", event.getBreadcrumbId())
                .put("event", event.getKind().name())
                .put("version", event.getBreadcrumbVersion())
                .put("schemaName", event.getSchemaName())
                .put("title", event.getTitle());
        event.getTags().forEach(breadcrumb.putArray("tags")::add);
        String context = event.getContext();
        try {
            breadcrumb.set("context", context == null ? null : Values.parse(context));
        } catch (ToolFailure e) {
            breadcrumb.put("context", context); // no JSON: as it stands there
        }
        String id = "event/" + event.getMeta().getId() + "/"
                + trigger.tool().definition().getName() + "/" + trigger.name();
        return new Firing.Cause(
                id,
                input,
                Instant.ofEpochMilli(event.getMeta().getUpdatedAtMs()),
                event.getMeta().getWorkspace());
    }

    @Override
    public void attached(Partition partition) {
        keepsClock |= partition.number() == CLOCK;
    }

    @Override
    public void draining(Partition partition) {
        keepsClock &= partition.number() != CLOCK;
    }

    @Override
    public void detached(Partition partition) {
        draining(partition);
    }
}
