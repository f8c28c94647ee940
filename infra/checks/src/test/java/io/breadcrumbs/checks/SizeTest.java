package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.checks.Shapes.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files, methods, parameter lists, records and packages stay small enough to be read at once. */
class SizeTest {

    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 5;
    private static final int COMPONENTS = 8;
    private static final int FEWEST_FILES = 3;
    private static final int MOST_FILES = 15;

    /** Methods and constructors that may be larger: file and name, and why. */
    private static final Map<String, String> LARGE_METHODS = Map.of();

    /** Packages that may have fewer or more files, and why. */
    private static final Map<String, String> ODD_PACKAGES = Map.of(
            "io.breadcrumbs.load", "the place of the load tests, which are still to come",
            "io.breadcrumbs.local", "the main class alone: what it wires lies below",
            "io.breadcrumbs.schemas", "its records are generated",
            "io.breadcrumbs.schemas.trust", "one list of class names that Avro may load",
            "io.breadcrumbs.sdk", "what an agent imports stands in one place",
            "io.breadcrumbs.sdk.bus", "lanes, ledger and loops share package-private state types");

    @Test
    void shouldFindNoFileOverTheLimit() throws IOException {
        Map<String, Integer> large = new TreeMap<>();
        for (Path file : Sources.java()) {
            int lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                large.put(Sources.root().relativize(file).toString(), lines);
            }
        }
        assertThat(large).as("files over %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void shouldFindNoMethodOverTheLimit() throws IOException {
        Set<String> large = Shapes.of(Sources.java()).stream()
                .filter(shape -> !LARGE_METHODS.containsKey(shape.name()))
                .filter(shape -> shape.lines() > METHOD_LINES)
                .map(shape -> shape.name() + ": " + shape.lines() + " lines")
                .collect(Collectors.toSet());
        assertThat(large).as("methods over %d lines", METHOD_LINES).isEmpty();
    }

    @Test
    void shouldFindNoLongParameterList() throws IOException {
        List<Shape> shapes = Shapes.of(Sources.main());
        Set<String> large = shapes.stream()
                .filter(shape -> !LARGE_METHODS.containsKey(shape.name()))
                .filter(shape -> shape.parameters() > (shape.ofRecord() ? COMPONENTS : PARAMETERS))
                .map(shape -> shape.name() + ": " + shape.parameters())
                .collect(Collectors.toSet());
        assertThat(shapes).anyMatch(Shape::ofRecord);
        assertThat(large)
                .as(
                        "methods with more than %d parameters, records with more than %d components",
                        PARAMETERS, COMPONENTS)
                .isEmpty();
    }

    @Test
    void shouldFindPackagesThatCanBeOverlooked() throws IOException {
        Map<String, Long> odd = Sources.main().stream()
                .collect(Collectors.groupingBy(Sources::packageOf, TreeMap::new, Collectors.counting()));
        odd.values().removeIf(files -> files >= FEWEST_FILES && files <= MOST_FILES);
        odd.keySet().removeAll(ODD_PACKAGES.keySet());
        assertThat(odd)
                .as("packages with fewer than %d or more than %d files", FEWEST_FILES, MOST_FILES)
                .isEmpty();
    }
}
