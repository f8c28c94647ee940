package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.kill.engines.Havoc.Strike;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How long the runs that were hit took to go on. One thread. */
final class Recoveries {

    /** How many engines there are, and runners. */
    private static final int ALL = 3;

    /** In which the last run goes on when engines and runners are killed, and others live. */
    static final long BUDGET_MS = 10_000;

    private final List<Recovery> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param calm whether everybody had got over the strike before
     * @param tookMs until the last run went on that was open then
     */
    private record Recovery(Strike strike, boolean calm, long tookMs) {

        /** Whether somebody lives and works who can take over at once. */
        boolean survived() {
            return calm && strike.engines().size() < ALL && strike.runners().size() < ALL;
        }

        boolean budgeted() {
            return survived() && strike.broker() == 0;
        }
    }

    void add(Strike strike, boolean calm, long tookMs) {
        all.add(new Recovery(strike, calm, tookMs));
    }

    /** Those above the budget, one sentence each. */
    List<String> late() {
        return all.stream()
                .filter(one -> one.budgeted() && one.tookMs() > BUDGET_MS)
                .map(one -> "after the kill of " + one.strike() + " the last run went on after " + one.tookMs()
                        + " ms, expected at most " + BUDGET_MS)
                .toList();
    }

    @Override
    public String toString() {
        return "the last run went on, in ms: after kills of engines "
                + figures(one -> one.budgeted() && !one.strike().engines().isEmpty()) + "; of runners alone "
                + figures(one -> one.budgeted() && one.strike().engines().isEmpty()) + "; with a broker "
                + figures(one -> one.survived() && one.strike().broker() != 0) + "; of all at once, or in haste "
                + figures(one -> !one.survived());
    }

    private String figures(Predicate<Recovery> which) {
        long[] sorted =
                all.stream().filter(which).mapToLong(Recovery::tookMs).sorted().toArray();
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
