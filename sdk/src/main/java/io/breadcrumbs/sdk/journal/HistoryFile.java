package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.sdk.Metas;
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

    /** The lines of a decision that stands in the journal there. */
    public static List<JsonObject> lines(Journal.Batch batch, String instance, Position position) {
        List<JsonObject> lines = new ArrayList<>();
        for (Entry entry : batch.entries()) {
            JsonObject.Builder line = JsonObject.builder()
                    .put("runId", batch.runId())
                    .put("sequence", batch.sequence() + lines.size())
                    .put("at", Instant.ofEpochMilli(entry.atMs()).toString())
                    .put("inputId", batch.inputId())
                    .put("workspace", batch.workspace())
                    .put("epoch", batch.epoch())
                    .put("instance", instance)
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
        List<Journal.Batch> batches = new ArrayList<>();
        @Nullable Line first = null;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = line(i + 1, lines.get(i));
            boolean next = first == null || first.offset() != line.offset() || first.epoch() != line.epoch();
            if (line.sequence() != i || (first != null && !first.runId().equals(line.runId()))) {
                throw new IllegalArgumentException("line " + (i + 1) + ": expected event " + i
                        + " of one run, got event " + line.sequence() + " of run " + line.runId());
            }
            if (first != null && next) {
                batches.add(first.batch(entries));
                entries.clear();
            }
            first = next ? line : first;
            entries.add(line.entry());
        }
        if (first != null) {
            batches.add(first.batch(entries));
        }
        return batches;
    }

    private record Line(
            String runId, String workspace, long epoch, long offset, long sequence, String inputId, Entry entry) {

        Journal.Batch batch(List<Entry> entries) {
            return new Journal.Batch(runId, workspace, epoch, sequence, inputId, -1, 0, entries);
        }
    }

    private static Line line(int number, String text) {
        try {
            if (!(Json.parse(text) instanceof JsonObject line)) {
                throw new IllegalArgumentException("expected an object");
            }
            return new Line(
                    text(line, "runId"),
                    line.get("workspace") == null ? Metas.DEFAULT_WORKSPACE : text(line, "workspace"),
                    number(line, "epoch"),
                    number(line, "offset"),
                    number(line, "sequence"),
                    text(line, "inputId"),
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
