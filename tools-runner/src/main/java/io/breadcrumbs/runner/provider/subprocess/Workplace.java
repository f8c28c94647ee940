package io.breadcrumbs.runner.provider.subprocess;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of one subprocess: its streams as files, and an empty folder to work in. Removed when closed. */
final class Workplace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    private static final long ERRORS_AT_MOST = 1 << 20;
    private static final int ERRORS_KEPT = 16 << 10;
    private static final int ERRORS_TOLD = 2_000;

    private final Path folder;
    private String earlierErrors = "";

    private Workplace(Path folder) {
        this.folder = folder;
    }

    static Workplace open(String input) throws IOException {
        Workplace place = new Workplace(Files.createTempDirectory("crumb-tool-"));
        try {
            Files.createDirectory(place.work());
            Files.writeString(place.input(), input);
            return place;
        } catch (IOException e) {
            place.close();
            throw e;
        }
    }

    Path work() {
        return folder.resolve("work");
    }

    Path input() {
        return folder.resolve("input.json");
    }

    Path output() {
        return folder.resolve("output.json");
    }

    /** To be appended to: what stands in it already may be cut off meanwhile. */
    Path errors() {
        return folder.resolve("errors.txt");
    }

    /** Keeps the end of what was written to standard error, and frees the rest of the disk. */
    void trimErrors() throws IOException {
        try (RandomAccessFile errors = new RandomAccessFile(errors().toFile(), "rw")) {
            if (errors.length() > ERRORS_AT_MOST) {
                earlierErrors = end(errors);
                errors.setLength(0);
            }
        }
    }

    /** The last lines that were written to standard error, without these secrets. */
    String lastErrors(Collection<String> secrets) throws IOException {
        try (RandomAccessFile errors = new RandomAccessFile(errors().toFile(), "r")) {
            String all = earlierErrors + end(errors);
            for (String secret : secrets) {
                all = secret.isBlank() ? all : all.replace(secret, "…");
            }
            return all.substring(Math.max(0, all.length() - ERRORS_TOLD)).strip();
        }
    }

    private static String end(RandomAccessFile file) throws IOException {
        byte[] end = new byte[(int) Math.min(file.length(), ERRORS_KEPT)];
        file.seek(file.length() - end.length);
        file.readFully(end);
        return new String(end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new Removal());
        } catch (IOException e) {
            LOG.warn("the folder of a subprocess stays behind: {}", folder, e);
        }
    }

    /** Follows no link. */
    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
