package io.breadcrumbs.local.kill;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a process did, one line each, in a file that outlives a kill: every note is one write to the operating system
 * before anything else happens. Any thread.
 */
public final class Trail implements AutoCloseable {

    /** What a process may note of a record. */
    public enum Kind {
        /** The process works. */
        READY,
        /** The log acknowledged a request that this process published. */
        ACKNOWLEDGED,
        /** The work of a request was done, by the eager lane. */
        HANDLED_EAGER,
        /** The work of a request was done, by the log. */
        HANDLED_LOG,
        /** A tool begins to execute a request. */
        EXECUTED,
        /** The answer is acknowledged. */
        DONE;

        boolean handled() {
            return this == HANDLED_EAGER || this == HANDLED_LOG || this == EXECUTED;
        }
    }

    /** One line. */
    public record Note(Kind kind, long atMs, String id) {

        static Note parse(String line) {
            String[] parts = line.split(" ", 3);
            return new Note(Kind.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        String line() {
            return kind + " " + atMs + " " + id + "\n";
        }
    }

    private final FileOutputStream file;

    public Trail(Path path) throws IOException {
        file = new FileOutputStream(path.toFile(), true);
    }

    public void note(Kind kind, String id) {
        byte[] line = new Note(kind, System.currentTimeMillis(), id).line().getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (file) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the trail cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
