package io.breadcrumbs.local.access;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The file of the master keys, which only its owner can read. */
record MasterKeyFile(Path path) {

    private static final int KEY_BYTES = 32;

    /** Puts a new key before those that are there, if any; whoever reads sees the file before or after that. */
    void prepend() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            String before = Files.exists(path) ? Files.readString(path) : "";
            Path next = path.resolveSibling(path.getFileName() + ".next");
            Files.deleteIfExists(next);
            Files.createFile(next, owners());
            Files.writeString(next, Base64.getEncoder().encodeToString(key) + "\n" + before, StandardOpenOption.WRITE);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FailureException(ExitCode.FAILED, "the master key cannot be written into " + path + ": " + e);
        }
    }

    private FileAttribute<?>[] owners() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
