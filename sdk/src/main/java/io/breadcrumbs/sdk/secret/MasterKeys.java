package io.breadcrumbs.sdk.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
        if (text != null && !text.isBlank()) {
            return of(text);
        }
        String named = System.getenv(FILE_VARIABLE);
        return of(named == null || named.isBlank() ? file : Path.of(named));
    }
}
