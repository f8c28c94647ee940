package io.breadcrumbs.api.bulk;

import io.breadcrumbs.api.runs.RunShapes;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.stream.Frame;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Bulk;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of many runs that are asked for the same: how many there are, each of them, and the counts. */
final class BulkSource implements Source {

    private static final int AT_ONCE = 500;

    private final List<RunLine> meant;
    private final Queue<Bulk.Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final @Nullable Asking asking;
    private volatile @Nullable String failure;
    private volatile boolean over;
    private boolean greeted;
    private boolean ended;
    private int listed;
    private int done;
    private int refused;
    private int undecided;

    /** How the runs are asked. */
    record Asking(Bus bus, Time time, int perSecond, Function<String, CompletableFuture<Asked>> each) {}

    /** @param asking null: nothing is asked for */
    BulkSource(List<RunLine> meant, @Nullable Asking asking) {
        this.meant = meant;
        this.asking = asking;
    }

    @Override
    public Runnable whenThereIsMore(Runnable wake) {
        if (asking == null) {
            over = true;
            return () -> {};
        }
        Bulk bulk = new Bulk(asking.bus(), asking.time(), asking.perSecond(), outcome -> {
            outcomes.add(outcome);
            wake.run();
        });
        bulk.ask(meant.stream().map(RunLine::runId).toList(), asking.each()).whenComplete((_, cause) -> {
            failure = cause == null ? null : String.valueOf(cause.getMessage());
            over = true;
            wake.run();
        });
        return () -> Thread.startVirtualThread(bulk::close); // who is told must not close it
    }

    @Override
    public Next next() {
        if (!greeted) {
            greeted = true;
            return frames(List.of(frame("meant", JsonObject.builder().put("runs", meant.size()))));
        }
        List<byte[]> some = asking == null ? listed() : told();
        if (!some.isEmpty()) {
            return frames(some);
        }
        if (!over || !outcomes.isEmpty()) {
            return new Next.Nothing();
        }
        if (ended) {
            return new Next.End();
        }
        ended = true;
        return frames(List.of(end()));
    }

    private static Next frames(List<byte[]> frames) {
        return new Next.Frames(frames);
    }

    /** The next of the runs that would be asked. */
    private List<byte[]> listed() {
        int from = listed;
        listed = Math.min(meant.size(), from + AT_ONCE);
        return meant.subList(from, listed).stream()
                .map(line -> Frame.event("run", null, RunShapes.line(line)))
                .toList();
    }

    private List<byte[]> told() {
        List<byte[]> frames = new ArrayList<>();
        for (Bulk.Outcome one = outcomes.poll(); one != null; one = frames.size() < AT_ONCE ? outcomes.poll() : null) {
            frames.add(told(one));
        }
        return frames;
    }

    private byte[] told(Bulk.Outcome outcome) {
        JsonObject.Builder data = JsonObject.builder().put("threadId", outcome.runId());
        return switch (outcome) {
            case Bulk.Outcome.Done _ -> {
                done++;
                yield frame("done", data);
            }
            case Bulk.Outcome.Refused no -> {
                refused++;
                yield frame("refused", data.put("reason", no.code()).put("message", no.message()));
            }
            case Bulk.Outcome.Open open -> {
                undecided++;
                yield frame("undecided", data.put("message", open.why()));
            }
        };
    }

    private byte[] end() {
        JsonObject.Builder counts = JsonObject.builder()
                .put("asked", done + refused + undecided)
                .put("done", done)
                .put("refused", refused)
                .put("undecided", undecided)
                .putIfPresent("error", failure);
        return frame("end", counts);
    }

    private static byte[] frame(String name, JsonObject.Builder data) {
        return Frame.event(name, null, data.build());
    }
}
