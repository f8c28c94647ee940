package io.breadcrumbs.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the rows in a folder are whole. An engine that was killed leaves rows of which nobody knows up to where they
 * go; Kafka Streams opens them, finds that out one by one, and begins again, which costs a takeover seconds.
 */
final class KeptRows {

    private static final String CLOSED_IN_ORDER = "closed-in-order";

    private final Path mark;

    KeptRows(Path folder) {
        mark = folder.resolve(CLOSED_IN_ORDER);
    }

    /** Whether who had them last closed them in order. From now on they are not, until they are closed again. */
    boolean takeWhole() {
        try {
            return Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the engine's rows cannot be written: " + mark, e);
        }
    }

    /** They are closed in order. */
    void whole() {
        try {
            Files.createDirectories(mark.toAbsolutePath().getParent());
            Files.write(mark, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the engine's rows cannot be written: " + mark, e);
        }
    }
}
