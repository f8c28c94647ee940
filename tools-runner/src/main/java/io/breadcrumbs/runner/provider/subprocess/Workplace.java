package io.breadcrumbs.runner.provider.subprocess;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of one subprocess: its input and output as files, and an empty folder to work in. Removed when closed. */
final class Workplace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    private final Path folder;

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
