package io.breadcrumbs.api;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.rest.FinderTools;
import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.api.view.Expiry;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the door needs behind it: the owner of breadcrumbs, their view, and who changes them. Only wires. */
public final class Services implements AutoCloseable {

    private final Breadcrumbs breadcrumbs;
    private final Ownership ownership;
    private final BreadcrumbView view;
    private final Expiry expiry;
    private final BreadcrumbStore store;
    private final FinderTools finder;

    /**
     * Starts them; they become ready by themselves.
     *
     * @param folder of the index; nothing else may be in it
     */
    public Services(Bus bus, Time time, Executor hands, Path folder) throws IOException {
        breadcrumbs = new Breadcrumbs(bus);
        view = new BreadcrumbView(bus, time, hands, folder);
        ownership = new Ownership(bus, time, hands);
        expiry = new Expiry(view, breadcrumbs, bus, ownership::partitions, new Expiry.Around(time, hands));
        store = new BreadcrumbStore(breadcrumbs, view);
        finder = new FinderTools(bus, time, store);
    }

    /** What keeps them from answering; null if nothing does. */
    public @Nullable String missing() {
        String view = this.view.missing();
        return view == null ? ownership.missing() : view;
    }

    /** The partitions whose breadcrumbs this process owns. */
    public Set<Integer> partitions() {
        return ownership.partitions();
    }

    /** Who changes breadcrumbs here; others in this process may use it too. */
    public Breadcrumbs breadcrumbs() {
        return breadcrumbs;
    }

    /** What the routes ask for. */
    Object[] parts() {
        return new Object[] {store};
    }

    /** Gives up what it owns, and saves how far the view is. Blocks. */
    @Override
    public void close() {
        finder.close();
        expiry.close();
        ownership.close();
        breadcrumbs.close();
        view.close();
    }
}
