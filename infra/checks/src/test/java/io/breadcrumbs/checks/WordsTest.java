package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Words that do not belong into sources. */
class WordsTest {

    private static final String HERE = "infra/checks";

    /** Work left for somebody belongs into an issue. */
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    private static final Pattern BAD_TEST = Pattern.compile("Thread\\.sleep|TimeUnit\\.\\w+\\.sleep|@Disabled");
    private static final Pattern FOREIGN_STYLE = Pattern.compile("org\\.mockito|import lombok");

    @Test
    void shouldFindNoWorkLeftOver() throws IOException {
        assertThat(lines(Sources.java(), LEFT_OVER)).isEmpty();
    }

    @Test
    void shouldFindNoSleepingOrDisabledTest() throws IOException {
        List<Path> tests = Sources.java().stream()
                .filter(file -> file.toString().contains("src/test/"))
                .toList();
        assertThat(lines(tests, BAD_TEST)).isEmpty();
    }

    @Test
    void shouldFindNoMocksAndNoLombok() throws IOException {
        assertThat(lines(Sources.java(), FOREIGN_STYLE)).isEmpty();
    }

    private static List<String> lines(List<Path> files, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String name = Sources.root().relativize(file).toString();
            if (name.startsWith(HERE)) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(name + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }
}
