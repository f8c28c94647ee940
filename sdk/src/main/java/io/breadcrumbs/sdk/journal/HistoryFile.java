package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's journal as text, a JSON object a line and an event a line. All that the journal has of an event is there,
 * under its own names; values stay text, as the engine read them, and fields that are as in an empty event are left
 * out.
 */
public final class HistoryFile {

    private static final JsonObject EMPTY = RecordText.of(RunEvent.newBuilder().build());

    private HistoryFile() {}

    /** The lines of a decision. */
    public static List<JsonObject> lines(Journalled recorded) {
        Journal.Batch batch = recorded.batch();
        Position position = recorded.position();
        List<JsonObject> lines = new ArrayList<>();
        for (Entry entry : batch.entries()) {
            JsonObject.Builder line = JsonObject.builder()
                    .put("runId", batch.runId())
                    .put("sequence", batch.sequence() + lines.size())
                    .put("at", Instant.ofEpochMilli(entry.atMs()).toString())
                    .put("inputId", batch.inputId())
                    .put("workspace", batch.workspace())
                    .put("epoch", batch.epoch())
                    .put("instance", recorded.instance())
                    .put("partition", position.partition().number())
                    .put("offset", position.offset());
            RecordText.of(EventWriter.write(entry)).fields().forEach((name, value) -> {
                if (!value.equals(EMPTY.get(name))) {
                    line.put(name, value);
                }
            });
            lines.add(line.build());
        }
        return lines;
    }

    /**
     * The decisions that lines tell of, all of one run and from its beginning.
     *
     * @throws IllegalArgumentException if they do not; the message names the line
     */
    public static List<Journal.Batch> read(List<String> lines) {
        return read(lines, 0).stream().map(Journalled::batch).toList();
    }

    /**
     * The decisions that lines tell of, all of one run, the first of which begins with this event.
     *
     * @throws IllegalArgumentException if they do not; the message names the line
     */
    public static List<Journalled> read(List<String> lines, long from) {
        List<Journalled> decisions = new ArrayList<>();
        @Nullable Line first = null;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = line(i + 1, lines.get(i));
            boolean next = first == null || first.offset() != line.offset() || first.epoch() != line.epoch();
            if (line.sequence() != from + i || (first != null && !first.runId().equals(line.runId()))) {
                throw new IllegalArgumentException("line " + (i + 1) + ": expected event " + (from + i)
                        + " of one run, got event " + line.sequence() + " of run " + line.runId());
            }
            if (first != null && next) {
                decisions.add(first.decision(entries));
                entries.clear();
            }
            first = next ? line : first;
            entries.add(line.entry());
        }
        if (first != null) {
            decisions.add(first.decision(entries));
        }
        return decisions;
    }

    private record Line(JsonObject json, String runId, long epoch, long offset, long sequence, Entry entry) {

        Journalled decision(List<Entry> entries) {
            String workspace = json.get("workspace") == null ? Metas.DEFAULT_WORKSPACE : text(json, "workspace");
            int partition = json.get("partition") == null ? 0 : (int) number(json, "partition");
            return new Journalled(
                    new Journal.Batch(runId, workspace, epoch, sequence, text(json, "inputId"), -1, 0, entries),
                    json.get("instance") == null ? "" : text(json, "instance"),
                    new Position(new Partition(Catalogue.WORKFLOW_EVENT.name(), partition), offset));
        }
    }

    private static Line line(int number, String text) {
        try {
            if (!(Json.parse(text) instanceof JsonObject line)) {
                throw new IllegalArgumentException("expected an object");
            }
            text(line, "inputId");
            return new Line(
                    line,
                    text(line, "runId"),
                    number(line, "epoch"),
                    number(line, "offset"),
                    number(line, "sequence"),
                    EventReader.read((RunEvent) RecordText.record(RunEvent.getClassSchema(), line)));
        } catch (JsonException | UnreadableEventException | IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private static String text(JsonObject line, String name) {
        if (line.get(name) instanceof JsonString(String text)) {
            return text;
        }
        throw new IllegalArgumentException("expected a text '" + name + "', got none");
    }

    private static long number(JsonObject line, String name) {
        if (line.get(name) instanceof JsonNumber number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("expected a number '" + name + "', got none");
    }
}
