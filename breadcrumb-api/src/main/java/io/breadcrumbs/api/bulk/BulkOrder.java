package io.breadcrumbs.api.bulk;

import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.RunFilter;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of which runs.
 *
 * @param olderThan they began longer ago; null: whenever
 * @param rate so many runs are asked a second, at most
 * @param dryRun says which runs are meant, and asks for nothing
 */
record BulkOrder(
        RunAction action,
        Set<String> statuses,
        @Nullable String name,
        @Nullable String by,
        @Nullable Duration olderThan,
        String reason,
        int rate,
        boolean dryRun) {

    private static final int RATE = 50;

    /**
     * The same as it comes.
     *
     * @param action cancel, pause, resume, retry or delete
     * @param status of the runs; those for which it makes sense unless given
     * @param name of their workflow
     * @param by who started them
     * @param olderThan they began longer ago, such as 1d
     * @param reason of a cancel, for people
     */
    record Body(
            @Nullable String action,
            @Nullable List<String> status,
            @Nullable String name,
            @Nullable String by,
            @Nullable String olderThan,
            @Nullable String reason,
            @Nullable Integer rate,
            @Nullable Boolean dryRun) {}

    static BulkOrder read(@Nullable String text, Caller caller) {
        Body body = Bodies.read(text, Body.class);
        String word = String.valueOf(body.action());
        RunAction action = RunAction.of(word)
                .orElseThrow(
                        () -> Bodies.wrong("action", "expected cancel, pause, resume, retry or delete, got " + word));
        if (action == RunAction.DELETE && !caller.may(Role.CURATOR)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "expected the role curator to delete runs, got " + caller.name() + ", who does not have it");
        }
        int rate = body.rate() == null ? RATE : body.rate();
        if (rate < 1 || rate > Bulk.MOST_A_SECOND) {
            throw Bodies.wrong("rate", "expected 1 to " + Bulk.MOST_A_SECOND + " runs a second, got " + rate);
        }
        return new BulkOrder(
                action,
                statuses(action, body.status()),
                body.name(),
                body.by(),
                body.olderThan() == null ? null : age(body.olderThan()),
                body.reason() == null ? "asked for by " + caller.name() : body.reason(),
                rate,
                Boolean.TRUE.equals(body.dryRun()));
    }

    /** Those that are meant; what other runs started is left alone. */
    RunFilter wanted(Instant now) {
        long before = olderThan == null ? Long.MAX_VALUE : now.minus(olderThan).toEpochMilli();
        return new RunFilter(statuses, name, by, "", Long.MIN_VALUE, before);
    }

    private static Set<String> statuses(RunAction action, @Nullable List<String> said) {
        Bodies.withoutNulls("status", said);
        if (said == null || said.isEmpty()) {
            return action.suits().stream().map(Summary::word).collect(Collectors.toSet());
        }
        List<String> known =
                Arrays.stream(RunStatus.values()).map(Summary::word).toList();
        for (String one : said) {
            if (!known.contains(one)) {
                throw Bodies.wrong("status", "expected some of " + known + ", got " + one);
            }
        }
        return Set.copyOf(said);
    }

    private static Duration age(String text) {
        Duration age = Times.duration(new JsonString(text));
        if (age == null) {
            throw Bodies.wrong("olderThan", "expected a time such as \"1d\" or \"1h30m\", got " + text);
        }
        return age;
    }
}
