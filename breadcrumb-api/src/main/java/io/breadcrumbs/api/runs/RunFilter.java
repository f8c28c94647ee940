package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted.
 *
 * @param statuses any of them; empty: whatever it is
 * @param name of the workflow
 * @param by who started it
 * @param parent the run whose step it is; empty text: none's
 * @param from begun at this moment or later
 * @param to begun before this moment
 */
public record RunFilter(
        Set<String> statuses,
        @Nullable String name,
        @Nullable String by,
        @Nullable String parent,
        long from,
        long to) implements Predicate<RunLine> {

    /** How a run can stand, in words. */
    public static final List<String> STATUSES = Stream.concat(
                    Stream.of(Summary.ACCEPTED, Summary.REJECTED),
                    Arrays.stream(RunStatus.values()).map(Summary::word))
            .sorted()
            .toList();

    /** The same as they are asked for; refuses a word that no run ever has. */
    public static Set<String> statuses(List<String> said) {
        for (String one : said) {
            if (!STATUSES.contains(one)) {
                throw Bodies.wrong("status", "expected some of " + STATUSES + ", got " + one);
            }
        }
        return Set.copyOf(said);
    }

    @Override
    public boolean test(RunLine run) {
        Summary summary = run.summary();
        String above = run.parent();
        return (statuses.isEmpty() || statuses.contains(summary.status()))
                && (name == null || name.equals(summary.name()))
                && (by == null || by.equals(summary.by()))
                && (parent == null || parent.equals(above == null ? "" : above))
                && summary.startedAt() >= from
                && summary.startedAt() < to;
    }
}
