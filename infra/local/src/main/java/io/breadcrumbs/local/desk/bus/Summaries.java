package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.state.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** All runs that the journal has, and those whose start nobody has decided about. */
final class Summaries {

    private Summaries() {}

    /** Reads the whole journal, the oldest run first. Blocks. */
    static List<Summary> read(Bus bus, Duration atMost) throws InterruptedException, TimeoutException {
        Map<String, Summary> runs = new HashMap<>();
        Set<String> refused = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        long until = System.nanoTime() + atMost.toNanos();
        // The starts first: one that is decided meanwhile is then in the journal.
        List<WorkflowCommand> starts = new ArrayList<>(Commands.all(bus, Commands::begins, atMost));
        try (JournalFeed feed = new JournalFeed(bus)) {
            feed.addAll(_ -> true);
            News news = feed.next(atMost);
            while (!(news instanceof News.CaughtUp)) {
                if (news == null) {
                    throw new TimeoutException();
                }
                if (news instanceof News.Decided decided) {
                    Journal.Batch batch = decided.batch();
                    Summary now = runs.compute(batch.runId(), (_, before) -> Summary.next(before, batch));
                    if (now == null) {
                        refused.add(batch.inputId());
                    }
                }
                if (news instanceof News.Deleted(String runId)) {
                    runs.remove(runId);
                    deleted.add(runId);
                }
                news = feed.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        }
        starts.removeIf(start -> deleted.contains(start.getRunId()));
        starts.forEach(start -> runs.computeIfAbsent(
                start.getRunId(),
                _ -> undecided(
                        start, refused.contains(Commands.inputId(start)) ? Summary.REJECTED : Summary.ACCEPTED)));
        return runs.values().stream()
                .sorted(Comparator.comparingLong(Summary::startedAt).thenComparing(Summary::runId))
                .toList();
    }

    private static Summary undecided(WorkflowCommand start, String status) {
        return new Summary(
                start.getRunId(),
                start.getName(),
                status,
                start.getRequestedBy(),
                start.getMeta().getCreatedAtMs(),
                0,
                start.getDepth());
    }
}
