package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keys of the log are few, so that whoever searches knows them: one word for one thing, and never a payload. */
class LogKeysTest {

    /** Beside {@code trace}, which the log adds itself. */
    private static final Set<String> KEYS = Set.of("event", "request", "run", "secret", "tool", "workspace");

    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*([^,]*),");

    @Test
    void shouldFindNoKeysBesideThoseOfTheList() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : Sources.main()) {
            Matcher key = KEY.matcher(Files.readString(file));
            while (key.find()) {
                found.add(key.group(1).replace("\"", ""));
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(KEYS);
    }
}
