package io.breadcrumbs.local.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A data folder held by this process: locked against others until closed. The lock dies with the process. */
public final class DataFolder implements AutoCloseable {

    /** Below this, Kafka's logs soon could not roll. */
    static final long WANTED_MEGABYTES = 200;

    /** Raised when a newer platform can no longer read what an older one wrote. */
    static final String LAYOUT = "breadcrumbs data, layout 1";

    private static final String ANY_LAYOUT = "breadcrumbs data, layout ";

    /** The file of the master keys of secrets, unless the environment says another. */
    public static final String MASTER_KEYS = "master.keys";

    private static final String LOCK = "platform.lock";
    private static final String LAYOUT_FILE = "LAYOUT";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the folder, making it if need be; {@code fresh} empties it first. */
    public static Opened<DataFolder> open(Path folder, boolean fresh) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            Fault foreign = foreign(path, fresh);
            if (foreign != null) {
                return new Opened.Refused<>(foreign);
            }
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Fault fault = lock(path, channel);
            if (fault == null) {
                fault = prepare(path, fresh);
            }
            if (fault != null) {
                channel.close();
                return new Opened.Refused<>(fault);
            }
            return new Opened.Running<>(new DataFolder(path, channel));
        } catch (IOException e) {
            return new Opened.Refused<>(new Fault.FolderNotWritable(path, reason(e)));
        }
    }

    public Path path() {
        return path;
    }

    /** Where the broker's logs lie. */
    public Path kafka() {
        return path.resolve("kafka");
    }

    /** Where the views of breadcrumbs and runs save what they know. */
    public Path views() {
        return path.resolve("views");
    }

    /** The master keys of secrets, unless the environment says others. */
    public Path masterKeys() {
        return path.resolve(MASTER_KEYS);
    }

    /** What the signing secrets of webhooks are hidden with. */
    public Path webhookKey() {
        return path.resolve("webhooks.key");
    }

    /** Where the engine's rows lie. */
    public Path engine() {
        return path.resolve("engine");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot release " + path, e);
        }
    }

    private static @Nullable Fault lock(Path path, FileChannel channel) throws IOException {
        @Nullable FileLock lock;
        try {
            // Beyond the end of the text, so that others can read whose it is where locks are mandatory.
            lock = channel.tryLock(1_000_000, 1, false);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            String pid = Files.readString(path.resolve(LOCK)).strip();
            return new Fault.FolderLocked(path, pid.isEmpty() ? "unknown" : pid);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return null;
    }

    /** Asked before anything is written: what is not ours stays as it is. */
    private static @Nullable Fault foreign(Path path, boolean fresh) throws IOException {
        String found = layout(path);
        if (found == null ? !ours(path) : !found.startsWith(ANY_LAYOUT)) {
            return new Fault.FilesOfOthers(path);
        }
        return fresh || found == null || found.equals(LAYOUT)
                ? null
                : new Fault.ForeignFolder(path, "'" + found + "'", "'" + LAYOUT + "'");
    }

    private static @Nullable Fault prepare(Path path, boolean fresh) throws IOException {
        if (fresh) {
            empty(path);
        }
        long free = Files.getFileStore(path).getUsableSpace() >> 20;
        if (free < WANTED_MEGABYTES) {
            return new Fault.DiskFull(path, free, WANTED_MEGABYTES);
        }
        Files.writeString(path.resolve(LAYOUT_FILE), LAYOUT + "\n");
        return null;
    }

    private static @Nullable String layout(Path path) throws IOException {
        try {
            return Files.readString(path.resolve(LAYOUT_FILE)).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A folder without a layout is ours only while it has nothing but our lock and log in it. */
    private static boolean ours(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.equals(LOCK) || name.startsWith(PlatformState.LOG));
        }
    }

    private static void empty(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                String name = file.getFileName().toString();
                boolean kept = file.equals(path)
                        || (path.equals(file.getParent()) && (name.equals(LOCK) || name.startsWith(PlatformState.LOG)));
                if (!kept) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
            case java.nio.file.FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            default -> e.getClass().getSimpleName() + ": " + e.getMessage();
        };
    }
}
