package io.breadcrumbs.api.runs.view;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The runs that were deleted, for as long as their starts may stand in the log and begin nothing. Any thread. */
final class Gone {

    private static final long KEPT_MS = Duration.ofDays(60).toMillis();

    private final LongSupplier now;
    private final Map<String, Long> since = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return eldest.getValue() + KEPT_MS < now.getAsLong();
        }
    };

    /** @param now the time in milliseconds since 1970 */
    Gone(LongSupplier now) {
        this.now = now;
    }

    synchronized void add(String runId) {
        since.put(runId, now.getAsLong());
    }

    synchronized void remove(String runId) {
        since.remove(runId);
    }

    synchronized Map<String, Long> all() {
        return Map.copyOf(since);
    }

    /** Takes what was saved, the oldest first. */
    synchronized void addAll(Map<String, Long> saved) {
        saved.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(one -> since.put(one.getKey(), one.getValue()));
    }

    synchronized boolean has(String runId) {
        return since.containsKey(runId);
    }
}
