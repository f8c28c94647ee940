package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Bulk;
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
import java.util.function.Function;

/** Asks the same of many runs, and says what became of them. */
record Many(Console console, String what, Selection selection) {

    private static final long TOLD_EVERY_MS = 1_000;

    int call(Bus bus, List<Summary> runs, Function<String, CompletableFuture<Asked>> ask) throws InterruptedException {
        if (selection.dryRun) {
            print(runs);
            return ExitCode.OK;
        }
        Queue<Bulk.Outcome> outcomes = new ConcurrentLinkedQueue<>();
        try (SystemTime time = new SystemTime("bulk");
                Bulk bulk = new Bulk(bus, time, selection.rate, outcomes::add)) {
            await(bulk.ask(runs.stream().map(Summary::runId).toList(), ask), outcomes, runs.size());
        }
        Told told = Told.of(List.copyOf(outcomes));
        if (selection.json) {
            console.line(told.json().toString());
        } else {
            told.lines(what).forEach(console::line);
        }
        return told.done() == runs.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void await(CompletableFuture<Void> all, Queue<Bulk.Outcome> outcomes, int size)
            throws InterruptedException {
        while (true) {
            try {
                all.get(TOLD_EVERY_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                console.err().println("crumb: " + outcomes.size() + " of " + size + " runs");
                console.err().flush();
            } catch (ExecutionException e) {
                throw new FailureException(ExitCode.FAILED, "the journal cannot be read: " + e.getCause());
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
        console.line(what + ": " + runs.size() + " runs are meant; nothing was asked for");
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
