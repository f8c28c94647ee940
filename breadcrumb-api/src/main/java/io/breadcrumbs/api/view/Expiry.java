package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.breadcrumb.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the end of breadcrumbs whose time is over, in the partitions that this process owns. A timer owns it. */
public final class Expiry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 1_000;

    private final BreadcrumbView view;
    private final Breadcrumbs breadcrumbs;
    private final Bus bus;
    private final Supplier<Set<Integer>> owned;
    private final Time time;
    private final Executor hands;
    private volatile boolean closed;

    /** @param owned the partitions that are looked after here */
    public Expiry(BreadcrumbView view, Breadcrumbs breadcrumbs, Bus bus, Supplier<Set<Integer>> owned, Around around) {
        this.view = view;
        this.breadcrumbs = breadcrumbs;
        this.bus = bus;
        this.owned = owned;
        this.time = around.time();
        this.hands = around.hands();
        later();
    }

    /** Clock and threads. */
    public record Around(Time time, Executor hands) {}

    private void later() {
        time.after(
                LOOK_EVERY,
                () -> hands.execute(() -> {
                    if (!closed) {
                        look();
                        later();
                    }
                }));
    }

    private void look() {
        try {
            Set<Integer> here = owned.get();
            if (here.isEmpty() || view.missing() != null) {
                return;
            }
            for (Breadcrumb one : view.over(time.now(), AT_ONCE)) {
                String id = one.getMeta().getId();
                if (here.contains(bus.partition(Catalogue.BREADCRUMB_COMMAND, id))) {
                    Change end = Change.expire(id).workspace(one.getMeta().getWorkspace());
                    // the same end, however often it is asked for until it is seen
                    breadcrumbs.ask(end, "expire/" + id + "/" + one.getExpiresAtMs());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("event", "expiry-failed")
                    .setCause(e)
                    .log("expired breadcrumbs were not looked for");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
