package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.api.stream.Frame;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The events of a run, from one of them on until the run is over: what was, and then what comes. */
final class RunSource implements Source {

    private static final int AT_ONCE = 100;

    private final RunView view;
    private final RunLine line;
    private final long from;
    private final RunEvents events;
    private boolean greeted;

    /** @param from the first event that the viewer has not seen */
    RunSource(RunView view, RunLine line, long from, Function<String, Plan> plans) {
        this.view = view;
        this.line = line;
        this.from = from;
        events = new RunEvents(line.runId(), plans, line::isRejected);
    }

    @Override
    public Next next() {
        if (!greeted) {
            greeted = true;
            JsonObject data = JsonObject.builder()
                    .put("threadId", line.runId())
                    .put("status", line.summary().status())
                    .build();
            return new Next.Frames(List.of(Viewers.greeting(), Frame.event("connected", null, data)));
        }
        while (true) {
            boolean over = line.over();
            List<Journal.Batch> batches =
                    view.decisions(line, events.sequence(), AT_ONCE).join();
            if (batches.isEmpty()) {
                return over ? new Next.End() : new Next.Nothing();
            }
            List<byte[]> frames = new ArrayList<>();
            batches.forEach(batch -> frames.addAll(events.frames(batch, from)));
            if (!frames.isEmpty()) {
                return new Next.Frames(frames);
            }
        }
    }

    @Override
    public Runnable whenThereIsMore(Runnable wake) {
        return line.watch(wake);
    }
}
