package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has been cancelled: requests by id, and of runs all requests that were ordered before a place in the journal.
 * Read from the beginning of {@code tool.cancel.v1} before anything is executed. Guarded by its monitor.
 */
class Cancels implements TailReader<ToolCancel> {

    /** The newest are kept; an older one has been answered, or its deadline is over. */
    private static final int AT_MOST = 100_000;

    private final Map<String, ToolCancel> requests = newest();
    private final Map<String, ToolCancel> runs = newest();
    private final Consumer<ToolCancel> then;

    /** @param then takes each cancel as it is read, to stop what runs */
    Cancels(Consumer<ToolCancel> then) {
        this.then = then;
    }

    private static Map<String, ToolCancel> newest() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ToolCancel> eldest) {
                return size() > AT_MOST;
            }
        };
    }

    @Override
    public void read(Breadcrumb<ToolCancel> breadcrumb, Position position, Lane lane) {
        if (breadcrumb.value() == null) {
            return;
        }
        ToolCancel cancel = breadcrumb.body();
        synchronized (this) {
            String request = cancel.getRequestId();
            String run = cancel.getRunId();
            if (request != null) {
                requests.put(request, cancel);
            }
            if (run != null) {
                runs.merge(run, cancel, (a, b) -> a.getJournalSequence() > b.getJournalSequence() ? a : b);
            }
        }
        then.accept(cancel);
    }

    /** The cancel that means this request; null if none does. */
    synchronized @Nullable ToolCancel of(ToolRequest request) {
        ToolCancel byId = requests.get(request.getRequestId());
        if (byId != null) {
            return byId;
        }
        String run = request.getRunId();
        ToolCancel byRun = run == null ? null : runs.get(run);
        return byRun != null && means(byRun, request) ? byRun : null;
    }

    boolean means(ToolCancel cancel, ToolRequest request) {
        if (request.getRequestId().equals(cancel.getRequestId())) {
            return true;
        }
        String run = cancel.getRunId();
        return run != null
                && run.equals(request.getRunId())
                && request.getJournalSequence() < cancel.getJournalSequence();
    }
}
