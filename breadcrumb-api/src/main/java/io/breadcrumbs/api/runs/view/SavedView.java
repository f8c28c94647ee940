package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.api.runs.view.Marks.Mark;
import io.breadcrumbs.api.runs.view.Marks.Place;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader.Rule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the view of runs keeps in a file, so that a start need not read the whole journal. It is written whole or not at
 * all; whatever cannot be read of it is read from the log instead.
 *
 * @param gone when each run was deleted
 */
record SavedView(Marks marks, Map<String, Long> gone, Collection<RunLine> lines) {

    private static final int MAGIC = 0x62637276;
    private static final int FORMAT = 2;
    private static final int BUFFER = 1 << 16;

    static final SavedView NOTHING = new SavedView(Marks.NONE, Map.of(), List.of());

    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        CRC32C sum = new CRC32C();
        try (FileOutputStream bytes = new FileOutputStream(next.toFile());
                DataOutputStream out =
                        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(bytes, BUFFER), sum))) {
            out.writeInt(MAGIC);
            out.writeInt(FORMAT);
            out.writeInt(Journal.VERSION);
            write(marks, out);
            out.writeInt(gone.size());
            for (Map.Entry<String, Long> one : gone.entrySet()) {
                text(one.getKey(), out);
                out.writeLong(one.getValue());
            }
            for (RunLine line : lines) {
                out.writeBoolean(true);
                line.write(out);
            }
            out.writeBoolean(false);
            out.writeLong(sum.getValue());
            out.flush();
            bytes.getFD().sync();
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Marks marks, DataOutputStream out) throws IOException {
        out.writeLong(marks.savedAt().toEpochMilli());
        out.writeInt(marks.partitions().size());
        for (Map.Entry<Integer, Mark> one : marks.partitions().entrySet()) {
            out.writeInt(one.getKey());
            write(one.getValue().commands(), out);
            write(one.getValue().journal(), out);
            out.writeLong(one.getValue().rule().epoch());
            text(one.getValue().rule().owner(), out);
        }
    }

    private static void write(@Nullable Place place, DataOutputStream out) throws IOException {
        out.writeLong(place == null ? 0 : place.next());
        text(place == null ? "" : place.last(), out);
    }

    /** What a file has. */
    static SavedView read(Path file) throws IOException {
        demandWhole(file); // before anything is made of its numbers
        try (DataInputStream in = open(file)) {
            if (in.readInt() != MAGIC || in.readInt() != FORMAT || in.readInt() != Journal.VERSION) {
                throw new IOException("it was written by another version");
            }
            Marks marks = marks(in);
            Map<String, Long> gone = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                gone.put(text(in), in.readLong());
            }
            List<RunLine> lines = new ArrayList<>();
            while (in.readBoolean()) {
                lines.add(RunLine.read(in));
            }
            return new SavedView(marks, gone, lines);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    private static void demandWhole(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] some = new byte[BUFFER];
        try (DataInputStream in = open(file)) {
            for (long left = Files.size(file) - Long.BYTES; left > 0; ) {
                int read = in.read(some, 0, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    throw new IOException("it has become shorter");
                }
                sum.update(some, 0, read);
                left -= read;
            }
            if (in.readLong() != sum.getValue()) {
                throw new IOException("its checksum is another one");
            }
        }
    }

    private static Marks marks(DataInputStream in) throws IOException {
        Instant savedAt = Instant.ofEpochMilli(in.readLong());
        Map<Integer, Mark> partitions = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int partition = in.readInt();
            partitions.put(partition, new Mark(place(in), place(in), new Rule(in.readLong(), text(in))));
        }
        return new Marks(savedAt, partitions);
    }

    private static @Nullable Place place(DataInputStream in) throws IOException {
        long next = in.readLong();
        String last = text(in);
        return next == 0 ? null : new Place(next, last);
    }

    /** A text of any length, or none. */
    static void optional(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(text, out);
        }
    }

    static void text(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static @Nullable String optional(DataInput in) throws IOException {
        return in.readBoolean() ? text(in) : null;
    }

    static String text(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
