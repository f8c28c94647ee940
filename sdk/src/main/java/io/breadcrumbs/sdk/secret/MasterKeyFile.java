package io.breadcrumbs.sdk.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** The file of the master keys, which only its owner can read. Whoever reads sees it before or after a change. */
public record MasterKeyFile(Path path) {

    /** The one that the environment names; else this one. */
    public static MasterKeyFile ofEnvironmentOr(Path file) {
        String named = System.getenv(MasterKeys.FILE_VARIABLE);
        return new MasterKeyFile(named == null || named.isBlank() ? file : Path.of(named));
    }

    /**
     * Draws the first key, where there is no file.
     *
     * @return whether it did; somebody else's that was drawn at the same time counts
     * @throws VaultException if it cannot be written
     */
    public boolean draw() {
        if (Files.exists(path)) {
            return false;
        }
        try {
            Path drawn = written("");
            try {
                Files.createLink(path, drawn);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(drawn);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw unwritable(e);
        }
    }

    /**
     * Puts a new key before those that are there, if any.
     *
     * @throws VaultException if it cannot be written
     */
    public void prepend() {
        try {
            String before = Files.exists(path) ? Files.readString(path) : "";
            Files.move(written(before), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** A file beside it with a new key, and what else is to be in it. */
    private Path written(String rest) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Path next = Files.createTempFile(folder, path.getFileName() + ".", ".next", owners());
        String key = Base64.getEncoder().encodeToString(Seal.drawn(MasterKey.BYTES));
        Files.writeString(next, key + "\n" + rest, StandardOpenOption.WRITE);
        return next;
    }

    private FileAttribute<?>[] owners() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private VaultException unwritable(Exception e) {
        return new VaultException("the master key cannot be written into " + path + ": " + e);
    }
}
