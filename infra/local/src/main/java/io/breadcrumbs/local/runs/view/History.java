package io.breadcrumbs.local.runs.view;

import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.state.Elapsed;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Plan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The events of a run, one a line. */
public final class History {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final String LINE = "%6s  %-12s  %11s  %-16s  %s";

    private final Followed run;
    private final String prefix;

    /**
     * The history of a run of which nothing has been read.
     *
     * @param prefix stands before the place of each event
     */
    public History(String runId, Function<String, Plan> plans, String prefix) {
        this.prefix = prefix;
        run = new Followed(runId, plans);
    }

    public static String heading() {
        return String.format(Locale.ROOT, LINE, "EVENT", "TIME", "SINCE START", "WHERE", "WHAT");
    }

    /** The events of the next decision, in words. */
    public List<String> lines(News.Decided decided) {
        List<String> lines = new ArrayList<>();
        Journal.Batch batch = decided.batch();
        for (int i = 0; i < batch.entries().size(); i++) {
            Entry entry = batch.entries().get(i);
            EventText.Words words = EventText.of(run, entry);
            long began = run.run().startedAt() == 0 ? entry.atMs() : run.run().startedAt();
            lines.add(String.format(
                            Locale.ROOT,
                            LINE,
                            batch.sequence() + i,
                            TIME.format(Instant.ofEpochMilli(entry.atMs())),
                            "+" + Elapsed.text(entry.atMs() - began),
                            prefix + words.where(),
                            words.what())
                    .stripTrailing());
            run.take(entry);
        }
        return lines;
    }

    /** The events of a decision as JSON, with all that the journal has of them: a replay reads it. */
    public static List<JsonObject> json(News.Decided decided) {
        return HistoryFile.lines(decided.journalled());
    }
}
