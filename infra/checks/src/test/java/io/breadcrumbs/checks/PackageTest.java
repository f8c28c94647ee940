package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every package says what it is for, and is named after a thing. */
class PackageTest {

    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "common", "helper", "helpers", "impl", "manager");

    /** Folders that need not be null-marked, since what stands in their package is generated. */
    private static final Set<String> GENERATED = Set.of("schemas/src/main/java/io/breadcrumbs/schemas");

    @Test
    void shouldFindEveryPackageExplainedAndNullMarked() throws IOException {
        Set<Path> folders = Sources.java().stream()
                .filter(file ->
                        file.toString().contains("src/main/") || file.toString().contains("infra/checks/"))
                .map(Sources::folder)
                .collect(Collectors.toSet());
        Set<String> faults = new TreeSet<>();
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.contains("/**") || !text.contains("@NullMarked")) {
                faults.add(Sources.root().relativize(folder).toString());
            }
        }
        faults.removeAll(GENERATED);
        assertThat(faults)
                .as("packages without a package-info.java that has Javadoc and @NullMarked")
                .isEmpty();
    }

    @Test
    void shouldFindNoPackageNamedAfterNothing() throws IOException {
        List<String> faults = Sources.java().stream()
                .map(Sources::packageOf)
                .distinct()
                .filter(name -> List.of(name.split("\\.", -1)).stream().anyMatch(EMPTY_WORDS::contains))
                .toList();
        assertThat(faults).as("packages whose name says nothing").isEmpty();
    }
}
