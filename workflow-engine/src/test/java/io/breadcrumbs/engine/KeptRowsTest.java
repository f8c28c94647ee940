package io.breadcrumbs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRowsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTrustRowsOnceAfterTheyWereClosedInOrder() {
        Path rows = folder.resolve("rows");
        assertThat(new KeptRows(rows).takeWhole()).isFalse();

        new KeptRows(rows).whole();

        assertThat(new KeptRows(rows).takeWhole()).isTrue();
        assertThat(new KeptRows(rows).takeWhole()).isFalse();
    }
}
