package io.breadcrumbs.api.bulk;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.runs.Runs;
import java.util.Comparator;
import java.util.List;

/** Asks the same of many runs, in callers' names and their workspaces. */
public final class BulkDesk {

    private final Bus bus;
    private final Time time;
    private final RunDesk runs;

    public BulkDesk(Bus bus, Time time, RunDesk runs) {
        this.bus = bus;
        this.time = time;
        this.runs = runs;
    }

    /** What becomes of each run that is meant; they are asked as long as somebody watches. */
    Source ask(Caller caller, BulkOrder order) {
        List<RunLine> meant = runs.page(caller, order.wanted(time.now()), null, Integer.MAX_VALUE).stream()
                .filter(line -> line.summary().depth() == 0)
                .sorted(Comparator.comparingLong(line -> line.summary().startedAt()))
                .toList();
        Runs asking = new Runs(bus, caller.name()).in(caller.workspace());
        return new BulkSource(
                meant,
                order.dryRun()
                        ? null
                        : new BulkSource.Asking(
                                bus, time, order.rate(), runId -> order.action().ask(asking, runId, order.reason())));
    }
}
