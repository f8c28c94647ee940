package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.api.events.Told;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.sdk.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event that the group has given to this instance, with all the posts that it still owes. Any thread. */
final class Handed {

    private final Delivery<BreadcrumbEvent> delivery;
    private final Told told;
    private final Consumer<Handed> over;
    private final AtomicInteger owed = new AtomicInteger(1);
    private volatile boolean leaving;
    private volatile boolean unfinished;

    /** @param over is called once, when it is done or given back */
    Handed(Delivery<BreadcrumbEvent> delivery, Told told, Consumer<Handed> over) {
        this.delivery = delivery;
        this.told = told;
        this.over = over;
    }

    Told told() {
        return told;
    }

    /** The traceparent that the event came with. */
    @Nullable
    String trace() {
        return delivery.breadcrumb().headers().trace();
    }

    int partition() {
        return delivery.breadcrumb().partition().number();
    }

    /** One more post is owed. */
    void owes() {
        owed.incrementAndGet();
    }

    /** One is owed no more. Whoever made this owes one from the beginning, until all others are known. */
    void settled() {
        if (owed.decrementAndGet() == 0) {
            if (unfinished) {
                delivery.giveBack();
            } else {
                delivery.done();
            }
            over.accept(this);
        }
    }

    /** A post is left to whoever is given the event next. */
    void left() {
        unfinished = true;
        settled();
    }

    /** The partition is given up: what has not begun does not begin. */
    void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }
}
