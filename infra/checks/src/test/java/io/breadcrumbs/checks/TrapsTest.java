package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/traps.md} names are there. */
class TrapsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void shouldHaveATestBeforeEachTrap() throws IOException {
        List<String> rows = Files.readAllLines(Sources.root().resolve("docs/traps.md")).stream()
                .filter(line -> line.startsWith("| ")
                        && !line.startsWith("| trap |")
                        && !line.startsWith("| what |")
                        && !line.startsWith("| ---"))
                .toList();
        List<Path> sources = Sources.java();
        Set<String> missing = new HashSet<>();
        for (String row : rows) {
            Matcher named = NAMED.matcher(row);
            boolean any = false;
            while (named.find()) {
                any = true;
                if (!isThere(sources, named.group(1), named.group(2))) {
                    missing.add(named.group());
                }
            }
            if (!any) {
                missing.add(row);
            }
        }

        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(missing)
                .as("traps without a test, and tests that are not there")
                .isEmpty();
    }

    private static boolean isThere(List<Path> sources, String type, String method) throws IOException {
        for (Path source : sources) {
            if (source.endsWith(type + ".java") && Files.readString(source).contains(" " + method + "(")) {
                return true;
            }
        }
        return false;
    }
}
