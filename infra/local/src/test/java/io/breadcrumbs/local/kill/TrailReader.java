package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.kill.Trail.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a trail while it is written; a line that is not whole yet is left for later. One thread. */
public final class TrailReader {

    private final Path path;
    private final List<Note> notes = new ArrayList<>();
    private long position;

    TrailReader(Path path) {
        this.path = path;
    }

    /** All notes so far. */
    public List<Note> notes() {
        if (!Files.exists(path)) {
            return notes;
        }
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            ByteBuffer more = ByteBuffer.allocate((int) (file.size() - position));
            file.position(position);
            while (more.hasRemaining() && file.read(more) >= 0) {}
            String text = new String(more.array(), 0, more.position(), StandardCharsets.US_ASCII);
            int whole = text.lastIndexOf('\n') + 1;
            text.substring(0, whole).lines().map(Note::parse).forEach(notes::add);
            position += whole;
            return notes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    long handled() {
        return notes().stream().filter(note -> note.kind().handled()).count();
    }
}
