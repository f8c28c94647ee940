package io.breadcrumbs.sdk.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {

    @TempDir
    Path folder;

    @Test
    void shouldDrawOneKeyHoweverManyAskForTheFirst() throws Exception {
        MasterKeyFile file = new MasterKeyFile(folder.resolve("master.keys"));
        List<Future<Boolean>> drawn = new ArrayList<>();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                drawn.add(hands.submit(file::draw));
            }
        }

        assertThat(drawn.stream().filter(Future::resultNow)).hasSize(1);
        assertThat(MasterKeys.of(file.path()).all()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file.path());
        }
    }

    @Test
    void shouldPutANewKeyBeforeTheOthers() throws Exception {
        MasterKeyFile file = new MasterKeyFile(folder.resolve("master.keys"));
        file.draw();
        MasterKey first = MasterKeys.of(file.path()).all().getFirst();

        file.prepend();

        assertThat(MasterKeys.of(file.path()).all()).hasSize(2).last().isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldSayThatItCannotBeWritten() {
        MasterKeyFile nowhere = new MasterKeyFile(folder.resolve("none").resolve("master.keys"));

        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(nowhere::draw)
                .withMessageContaining("cannot be written");
    }

    @Test
    void shouldDrawTheFirstKeyWhenSomebodyAsksForItAndTellWhere() {
        List<Path> told = new ArrayList<>();
        Path path = folder.resolve("master.keys");
        MasterKeys keys = MasterKeys.ofEnvironmentOrDrawn(path, told::add);
        assertThat(path).doesNotExist();

        List<MasterKey> first = keys.all();

        assertThat(keys.all()).isEqualTo(first);
        assertThat(told).containsExactly(path);
    }
}
