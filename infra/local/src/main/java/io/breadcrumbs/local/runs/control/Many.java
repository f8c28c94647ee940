package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wanted;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the same of many runs, and says what became of them. */
record Many(Console console, RunAction action, String reason, Selection selection) {

    private static final long TOLD_EVERY_MS = 1_000;

    /** What has been heard. Told by any thread. */
    private static final class Heard implements RunDesk.Progress {

        private final Queue<Bulk.Outcome> outcomes = new ConcurrentLinkedQueue<>();
        private volatile int meant;

        @Override
        public void meant(int runs) {
            meant = runs;
        }

        @Override
        public void told(Bulk.Outcome outcome) {
            outcomes.add(outcome);
        }
    }

    int call(RunDesk desk) throws InterruptedException, TimeoutException {
        Wanted wanted = selection.wanted(action);
        if (selection.dryRun) {
            print(wanted.of(desk.all(), System.currentTimeMillis()));
            return ExitCode.OK;
        }
        Heard heard = new Heard();
        await(desk.each(action, reason, wanted, selection.rate, heard), heard);
        Told told = Told.of(List.copyOf(heard.outcomes));
        if (selection.json) {
            console.line(told.json().toString());
        } else {
            told.lines(action.word()).forEach(console::line);
        }
        return told.done() == heard.meant ? ExitCode.OK : ExitCode.FAILED;
    }

    private void await(CompletableFuture<@Nullable Void> all, Heard heard) throws InterruptedException {
        while (true) {
            try {
                all.get(TOLD_EVERY_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                console.err().println("crumb: " + heard.outcomes.size() + " of " + heard.meant + " runs");
                console.err().flush();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof FailureException failure
                        ? failure
                        : new FailureException(ExitCode.FAILED, "not all runs were asked: " + e.getCause());
            }
        }
    }

    private void print(List<Summary> runs) {
        if (selection.json) {
            List<Json> ids =
                    runs.stream().<Json>map(run -> Json.of(run.runId())).toList();
            console.line(JsonObject.builder()
                    .put("meant", runs.size())
                    .put("runs", new JsonArray(ids))
                    .build()
                    .toString());
            return;
        }
        runs.forEach(run ->
                console.line(run.runId() + " (" + (run.name() == null ? "-" : run.name()) + "), " + run.status()));
        console.line(action.word() + ": " + runs.size() + " runs are meant; nothing was asked for");
    }

    /** What became of all runs. */
    private record Told(int done, List<Bulk.Outcome.Refused> refused, List<Bulk.Outcome.Open> open) {

        static Told of(List<Bulk.Outcome> outcomes) {
            return new Told(
                    (int) outcomes.stream()
                            .filter(Bulk.Outcome.Done.class::isInstance)
                            .count(),
                    all(outcomes, Bulk.Outcome.Refused.class),
                    all(outcomes, Bulk.Outcome.Open.class));
        }

        private static <T extends Bulk.Outcome> List<T> all(List<Bulk.Outcome> outcomes, Class<T> kind) {
            return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        private int asked() {
            return done + refused.size() + open.size();
        }

        List<String> lines(String what) {
            Map<String, Integer> why = new TreeMap<>();
            refused.forEach(one -> why.merge("refused: " + one.code() + ": " + one.message(), 1, Integer::sum));
            open.forEach(one -> why.merge("not decided: " + one.why(), 1, Integer::sum));
            List<String> lines = new ArrayList<>();
            lines.add(what + ": " + asked() + " runs were asked, " + refused.size() + " refused"
                    + (open.isEmpty() ? "" : ", " + open.size() + " not decided"));
            why.forEach((reason, count) -> lines.add("  " + count + " " + reason));
            return lines;
        }

        JsonObject json() {
            List<Json> no = new ArrayList<>();
            refused.forEach(one -> no.add(JsonObject.builder()
                    .put("run", one.runId())
                    .put("code", one.code())
                    .put("message", one.message())
                    .build()));
            List<Json> unknown = new ArrayList<>();
            open.forEach(one -> unknown.add(JsonObject.builder()
                    .put("run", one.runId())
                    .put("message", one.why())
                    .build()));
            return JsonObject.builder()
                    .put("asked", asked())
                    .put("done", done)
                    .put("refused", new JsonArray(no))
                    .put("undecided", new JsonArray(unknown))
                    .build();
        }
    }
}
