package io.breadcrumbs.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own source files, as they stand in the checkout. */
final class Sources {

    private Sources() {}

    /** The folder of the root POM. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".ci"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no folder above " + Path.of("").toAbsolutePath() + " has a .ci folder");
            }
        }
        return folder;
    }

    static List<Path> java() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> root().relativize(f).toString().contains("src/"))
                    .filter(f -> !f.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    /** Those that are shipped. */
    static List<Path> main() throws IOException {
        return java().stream()
                .filter(file -> file.toString().contains("src/main/java/"))
                .toList();
    }

    static Path folder(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return folder;
    }

    /** The package of a file, by the folder that it lies in. */
    static String packageOf(Path file) {
        String folder = folder(file).toString();
        return folder.substring(folder.indexOf("/java/") + "/java/".length()).replace('/', '.');
    }
}
