package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.kill.engines.Havoc.Strike;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How long the runs that were hit took to go on. One thread. */
final class Recoveries {

    /** In which the last run goes on when engines and runners are killed. */
    static final long BUDGET_MS = 10_000;

    private final List<Recovery> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param strike the last one before everybody had time to recover
     * @param tookMs until the last run went on that was open then
     */
    private record Recovery(Strike strike, long tookMs) {}

    void add(Strike strike, long tookMs) {
        all.add(new Recovery(strike, tookMs));
    }

    /** Those above the budget, one sentence each. */
    List<String> late() {
        return all.stream()
                .filter(one -> one.strike().broker() == 0 && one.tookMs() > BUDGET_MS)
                .map(one -> "after the kill of " + one.strike() + " the last run went on after " + one.tookMs()
                        + " ms, expected at most " + BUDGET_MS)
                .toList();
    }

    @Override
    public String toString() {
        return "the last run went on, in ms: after kills of engines "
                + figures(strike -> strike.broker() == 0 && !strike.engines().isEmpty()) + "; of runners alone "
                + figures(strike -> strike.broker() == 0 && strike.engines().isEmpty()) + "; with a broker "
                + figures(strike -> strike.broker() != 0);
    }

    private String figures(Predicate<Strike> which) {
        long[] sorted = all.stream()
                .filter(one -> which.test(one.strike()))
                .mapToLong(Recovery::tookMs)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return "(none)";
        }
        return String.format(
                Locale.ROOT,
                "n %d p50 %d p90 %d max %d",
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 90),
                sorted[sorted.length - 1]);
    }

    /** The smallest that so many percent are not above. */
    private static long percentile(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
