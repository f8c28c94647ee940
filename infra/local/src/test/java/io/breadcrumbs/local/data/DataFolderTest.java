package io.breadcrumbs.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path temp;

    @Test
    void shouldRefuseAFolderThatAnotherPlatformHolds() {
        try (DataFolder held = DataFolder.open(temp, false).orThrow()) {
            Opened<DataFolder> second = DataFolder.open(temp, false);

            assertThat(second)
                    .isEqualTo(new Opened.Refused<>(new Fault.FolderLocked(
                            held.path(), Long.toString(ProcessHandle.current().pid()))));
        }
    }

    @Test
    void shouldOpenAgainAfterClose() {
        DataFolder.open(temp, false).orThrow().close();

        Opened<DataFolder> again = DataFolder.open(temp, false);

        try (DataFolder folder = again.orThrow()) {
            assertThat(folder.kafka()).isEqualTo(temp.toAbsolutePath().resolve("kafka"));
        }
    }

    @Test
    void shouldRefuseAPathThatCannotBeAFolder() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        Opened<DataFolder> opened = DataFolder.open(file.resolve("below"), false);

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Opened.Refused.class,
                        refused -> assertThat(refused.fault().message())
                                .contains(file.toString())
                                .contains("cannot be written")
                                .contains("--data"));
    }

    @Test
    void shouldRefuseAFolderOfSomethingElseEvenIfAskedToEmptyIt() throws IOException {
        Path thesis = Files.writeString(temp.resolve("thesis.txt"), "years of work");

        Opened<DataFolder> opened = DataFolder.open(temp, true);

        assertThat(opened).isEqualTo(new Opened.Refused<>(new Fault.FilesOfOthers(temp.toAbsolutePath())));
        assertThat(temp).isDirectoryContaining(file -> file.equals(thesis));
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void shouldRefuseAFolderWhoseLayoutIsSomethingElses() throws IOException {
        Files.writeString(temp.resolve("LAYOUT"), "of a garden\n");

        assertThat(DataFolder.open(temp, true))
                .isEqualTo(new Opened.Refused<>(new Fault.FilesOfOthers(temp.toAbsolutePath())));
    }

    @Test
    void shouldRefuseAnotherLayoutUnlessFresh() throws IOException {
        Files.writeString(temp.resolve("LAYOUT"), "breadcrumbs data, layout 999\n");

        Opened<DataFolder> opened = DataFolder.open(temp, false);

        assertThat(opened).isInstanceOf(Opened.Refused.class);
        try (DataFolder folder = DataFolder.open(temp, true).orThrow()) {
            assertThat(folder.path().resolve("LAYOUT")).hasContent(DataFolder.LAYOUT);
        }
    }

    @Test
    void shouldEmptyTheFolderWhenFresh() throws IOException {
        DataFolder.open(temp, false).orThrow().close();
        Path old = Files.createDirectories(temp.resolve("kafka")).resolve("old");
        Files.writeString(old, "old");

        try (DataFolder folder = DataFolder.open(temp, true).orThrow()) {
            assertThat(folder.path().resolve("kafka")).doesNotExist();
        }
    }
}
