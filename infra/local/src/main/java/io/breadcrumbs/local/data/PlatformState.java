package io.breadcrumbs.local.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a running platform is reached, as it wrote into its data folder when it was ready.
 *
 * @param pid its process
 * @param startedMs when that process started, in the words of the system; another one may get its number later
 * @param url its HTTP door
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 * @param instance id of this start
 * @param version of the platform
 */
public record PlatformState(
        long pid, long startedMs, String url, String kafka, String registry, String instance, String version) {

    /** Name of the log file, and beginning of the names of its older parts. */
    public static final String LOG = "platform.log";

    private static final String FILE = "platform.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Systems count from a start of theirs, whose time they correct now and then. */
    private static final long SAME_START_MS = 2_000;

    /** That of a platform in this process. */
    public static PlatformState here(String url, String kafka, String registry, String instance, String version) {
        ProcessHandle here = ProcessHandle.current();
        return new PlatformState(here.pid(), startedMs(here), url, kafka, registry, instance, version);
    }

    /** The state of the platform that runs in this folder, if its process lives. */
    public static Optional<PlatformState> read(Path folder) {
        try {
            PlatformState state = JSON.readValue(Files.readString(folder.resolve(FILE)), PlatformState.class);
            return ProcessHandle.of(state.pid())
                    .filter(ProcessHandle::isAlive)
                    .filter(alive -> Math.abs(startedMs(alive) - state.startedMs()) < SAME_START_MS)
                    .map(alive -> state);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long startedMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Replaces the file in one step, so that nobody reads half of it. */
    public void write(Path folder) throws IOException {
        Path next = folder.resolve(FILE + ".next");
        Files.writeString(next, json() + "\n");
        Files.move(next, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings is always JSON", e);
        }
    }
}
