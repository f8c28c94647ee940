package io.breadcrumbs.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file reads as the formatter writes it; {@code -Dformat=write} rewrites those that do not. */
class FormatTest {

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    @Test
    void shouldFindEveryFileFormatted() throws IOException {
        boolean write = "write".equals(System.getProperty("format"));
        List<Path> files = Sources.java();
        assertThat(files).isNotEmpty();
        List<Path> unformatted =
                files.stream().filter(file -> !formatted(file, write)).toList();
        assertThat(unformatted).as("not formatted; './crumb format' mends it").isEmpty();
    }

    private boolean formatted(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String imports = ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.PALANTIR);
            String wanted = formatter.formatSource(imports);
            if (write && !wanted.equals(source)) {
                Files.writeString(file, wanted);
                return true;
            }
            return wanted.equals(source);
        } catch (FormatterException | IOException e) {
            throw new AssertionError("cannot format " + file + ": " + e.getMessage(), e);
        }
    }
}
