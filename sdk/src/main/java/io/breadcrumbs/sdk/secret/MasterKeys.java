package io.breadcrumbs.sdk.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The master keys: the first encrypts, all decrypt, so that a new one can be put before an old one. As texts they are
 * the Base64 of 32 bytes each, one a line or with commas between; lines that begin with # are for people.
 */
@FunctionalInterface
public interface MasterKeys {

    /** Environment variable that has the keys themselves. */
    String VARIABLE = "BREADCRUMBS_MASTER_KEY";

    /** Environment variable that names the file of the keys. */
    String FILE_VARIABLE = "BREADCRUMBS_MASTER_KEY_FILE";

    /**
     * All of them, as they are now; at least one.
     *
     * @throws VaultException if they cannot be read
     */
    List<MasterKey> all();

    /** The keys in a text. */
    static MasterKeys of(String text) {
        List<MasterKey> keys = Arrays.stream(text.split("[\\n,]", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(MasterKey::parse)
                .toList();
        if (keys.isEmpty()) {
            throw new VaultException("master keys: expected one, got none");
        }
        return () -> keys;
    }

    /** The keys in a file, which is read anew each time: who changes it need not start anything again. */
    static MasterKeys of(Path file) {
        return () -> {
            try {
                return of(Files.readString(file)).all();
            } catch (IOException e) {
                throw new VaultException("master keys: expected a file that can be read, got " + file);
            }
        };
    }

    /** Those of the environment; those of a file if it says nothing. */
    static MasterKeys ofEnvironmentOr(Path file) {
        String text = System.getenv(VARIABLE);
        return text == null || text.isBlank()
                ? of(MasterKeyFile.ofEnvironmentOr(file).path())
                : of(text);
    }

    /**
     * The same, for who encrypts on a machine that decrypts too: where there is neither, the first is drawn when
     * somebody asks for it.
     *
     * @param told of the file in which it then is
     */
    static MasterKeys ofEnvironmentOrDrawn(Path file, Consumer<Path> told) {
        return () -> {
            if (!inEnvironment()) {
                MasterKeyFile kept = MasterKeyFile.ofEnvironmentOr(file);
                if (kept.draw()) {
                    told.accept(kept.path());
                }
            }
            return ofEnvironmentOr(file).all();
        };
    }

    /** Whether the keys are in the environment, and in no file. */
    static boolean inEnvironment() {
        String text = System.getenv(VARIABLE);
        return text != null && !text.isBlank();
    }
}
