package io.breadcrumbs.checks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The project's own source files, as they stand in the checkout. */
final class Sources {

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".crumb", "node_modules");

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

    /** What other builds write at the same time is not walked through. */
    static List<Path> java() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                return name != null && NOT_OURS.contains(name.toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")
                        && root().relativize(file).toString().contains("src/")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
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
