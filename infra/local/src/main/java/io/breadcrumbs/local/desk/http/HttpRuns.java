package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Feed;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.desk.Wanted;
import io.breadcrumbs.local.desk.Wish;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.runs.RunAction;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs, by the routes of docs/http.md. */
final class HttpRuns implements RunDesk {

    private static final int MOST_A_PAGE = 500;
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(30);

    private final Door door;

    HttpRuns(Door door) {
        this.door = door;
    }

    @Override
    public Feed feed() {
        return new HttpFeed(door);
    }

    @Override
    public boolean isAccepted(Followed run) throws InterruptedException {
        return switch (door.get(
                "/api/invoke-status/status/" + Door.part(run.run().id()))) {
            case Reply.Ok(JsonObject json) -> Reply.text(json, "status").equals(Summary.ACCEPTED);
            case Reply.Problem problem when problem.status() == 404 -> false;
            case Reply.Problem problem -> throw problem.failure();
        };
    }

    @Override
    public List<Summary> all() throws InterruptedException {
        List<Summary> runs = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = door.get("/api/runs?limit=" + MOST_A_PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .orFail();
            Reply.items(page, "items").stream().map(HttpRuns::summary).forEach(runs::add);
            cursor = Reply.text(page, "cursor");
        } while (!cursor.isEmpty());
        return runs.stream()
                .sorted(Comparator.comparingLong(Summary::startedAt).thenComparing(Summary::runId))
                .toList();
    }

    private static Summary summary(JsonObject run) {
        return new Summary(
                Reply.text(run, "threadId"),
                orNull(run, "name"),
                Reply.text(run, "status"),
                orNull(run, "by"),
                moment(run, "startedAt"),
                moment(run, "endedAt"),
                (int) number(run, "depth"));
    }

    static @Nullable String orNull(JsonObject json, String name) {
        String text = Reply.text(json, name);
        return text.isEmpty() ? null : text;
    }

    static long moment(JsonObject json, String name) {
        String text = Reply.text(json, name);
        return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    }

    static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    // ------------------------------------------------------------------ asking

    @Override
    public String start(Beginning run) throws InterruptedException {
        Duration limit = run.limit();
        door.post(
                        "/api/invoke/async",
                        JsonObject.builder()
                                .put("threadId", run.runId())
                                .putIfPresent("name", run.name())
                                .put("workflow", Value.of(run.definition()).json())
                                .put("input", Value.of(run.input()).json())
                                .putIfPresent("timeout", limit == null ? null : limit.toString())
                                .build())
                .orFail();
        return startOf(run.runId());
    }

    /** However a run begins, its journal names that so. */
    private static String startOf(String runId) {
        return "command/" + runId + "/start";
    }

    @Override
    public String fork(Fork fork) throws InterruptedException {
        Reply reply = door.post(
                "/api/runs/" + Door.part(fork.from()) + "/fork",
                JsonObject.builder()
                        .put("step", fork.step())
                        .put("threadId", fork.runId())
                        .putIfPresent("workflow", json(fork.definition()))
                        .putIfPresent("input", json(fork.input()))
                        .putIfPresent("stepInput", json(fork.stepInput()))
                        .build());
        if (reply instanceof Reply.Problem problem && problem.status() == 400) {
            throw new FailureException(ExitCode.FAILED, "nothing was started: " + problem.detail());
        }
        demandFound(reply, fork.from()).orFail();
        return startOf(fork.runId());
    }

    private static @Nullable Json json(@Nullable String text) {
        return text == null ? null : Value.of(text).json();
    }

    private static Reply demandFound(Reply reply, String runId) {
        if (reply instanceof Reply.Problem problem && problem.status() == 404) {
            throw new FailureException(ExitCode.FAILED, "no run '" + runId + "'; './crumb run list' lists them");
        }
        return reply;
    }

    @Override
    public String ask(String runId, Wish wish) throws InterruptedException {
        String run = "/api/runs/" + Door.part(runId);
        Reply reply = switch (wish) {
            case Wish.Act act when act.action() == RunAction.DELETE -> door.send("DELETE", run, null, DECIDED_WITHIN);
            case Wish.Act(RunAction action, String reason) ->
                door.post(
                        run + "/" + action.word(),
                        action == RunAction.CANCEL ? Json.object("reason", Json.of(reason)) : Reply.NOTHING);
            case Wish.Signal(String name, @Nullable String about, String payload) ->
                door.post(
                        run + "/signals/" + Door.part(name),
                        JsonObject.builder()
                                .put("payload", Value.of(payload).json())
                                .putIfPresent("about", json(about))
                                .build());
            case Wish.Approve(String step, @Nullable String changed) ->
                door.post(
                        run + "/approvals/" + Door.part(step),
                        JsonObject.builder()
                                .put("decision", "approve")
                                .putIfPresent("changed", json(changed))
                                .build());
            case Wish.Reject(String step) ->
                door.post(run + "/approvals/" + Door.part(step), Json.object("decision", Json.of("reject")));
        };
        if (reply instanceof Reply.Problem problem && problem.status() == 409) {
            throw new FailureException(ExitCode.FAILED, "rejected: " + problem.reason() + ": " + problem.detail());
        }
        return Reply.text(demandFound(reply, runId).orFail(), "inputId");
    }

    @Override
    public CompletableFuture<@Nullable Void> each(
            RunAction action, String reason, Wanted wanted, int perSecond, Progress progress) {
        List<Json> statuses =
                wanted.statuses().stream().sorted().<Json>map(Json::of).toList();
        Duration age = wanted.olderThan();
        JsonObject order = JsonObject.builder()
                .put("action", action.word())
                .put("status", new JsonArray(statuses))
                .putIfPresent("name", wanted.name())
                .putIfPresent("olderThan", age == null ? null : age.toString())
                .putIfPresent("reason", action == RunAction.CANCEL ? reason : null)
                .put("rate", perSecond)
                .build();
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                door.events("/api/runs/bulk", order, event -> heard(event, progress, done));
                done.completeExceptionally(new FailureException(
                        ExitCode.FAILED, "the platform stopped before all runs were asked; ask again"));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void heard(Door.Event event, Progress progress, CompletableFuture<@Nullable Void> done) {
        JsonObject said = Reply.object(event.data());
        JsonObject data = said == null ? Reply.NOTHING : said;
        String runId = Reply.text(data, "threadId");
        switch (event.name()) {
            case "meant" -> progress.meant((int) number(data, "runs"));
            case "done" -> progress.told(new Bulk.Outcome.Done(runId));
            case "refused" ->
                progress.told(new Bulk.Outcome.Refused(runId, Reply.text(data, "reason"), Reply.text(data, "message")));
            case "undecided" -> progress.told(new Bulk.Outcome.Open(runId, Reply.text(data, "message")));
            case "end" -> end(data, done);
            default -> {} // of a newer platform
        }
    }

    private static void end(JsonObject data, CompletableFuture<@Nullable Void> done) {
        String error = Reply.text(data, "error");
        if (error.isEmpty()) {
            done.complete(null);
        } else {
            done.completeExceptionally(new FailureException(ExitCode.FAILED, error));
        }
    }

    @Override
    public String why(String runId) throws InterruptedException {
        Reply reply = door.get("/api/runs/" + Door.part(runId) + "/why");
        return Reply.text(demandFound(reply, runId).orFail(), "why");
    }
}
