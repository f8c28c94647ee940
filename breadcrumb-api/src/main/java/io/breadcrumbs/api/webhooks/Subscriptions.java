package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscriptions of all workspaces, as the log has them. Any thread. */
final class Subscriptions implements TailReader<io.breadcrumbs.schemas.Breadcrumb>, AutoCloseable {

    private final Map<String, Subscribed> byId = new ConcurrentHashMap<>();
    private final Tail tail;
    private volatile boolean read;
    private volatile @Nullable Listener listener;

    /** Is told by any thread, and must not block it. */
    interface Listener {

        /** All have been read that there were, and there are some. */
        void some();

        /** One is no more. */
        void gone(String id);
    }

    Subscriptions(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.BREADCRUMB), this);
    }

    /** From now on this is told. */
    void tell(Listener who) {
        listener = who;
        tail.caughtUp().thenRun(() -> {
            read = true;
            look();
        });
    }

    private void look() {
        Listener told = listener;
        if (told != null && read && !byId.isEmpty()) {
            told.some();
        }
    }

    List<Subscribed> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public Predicate<String> keys() {
        return key -> key.startsWith(Subscribed.PREFIX);
    }

    @Override
    public void read(Breadcrumb<io.breadcrumbs.schemas.Breadcrumb> breadcrumb, Position position, Lane lane) {
        io.breadcrumbs.schemas.Breadcrumb state = breadcrumb.value();
        Subscribed now = state == null ? null : Subscribed.of(state);
        Listener told = listener;
        if (now != null) {
            byId.put(breadcrumb.key(), now);
            look();
        } else if (byId.remove(breadcrumb.key()) != null && told != null) {
            told.gone(breadcrumb.key());
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
