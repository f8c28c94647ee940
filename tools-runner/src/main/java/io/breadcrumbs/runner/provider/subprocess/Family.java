package io.breadcrumbs.runner.provider.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and all that descend from it. Descendants whose parents have ended are nobody's any more; on Linux they are
 * known by a variable in their environment, which they inherit. Any thread.
 */
public final class Family {

    private static final Logger LOG = LoggerFactory.getLogger(Family.class);

    private static final Duration GONE_WITHIN = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(1);
    private static final Duration ASKED_EVERY = Duration.ofMillis(10);
    private static final Path PROCESSES = Path.of("/proc");

    private final Process first;
    private final String mark;

    private Family(Process first, String mark) {
        this.first = first;
        this.mark = mark;
    }

    /** Starts the process, with a mark in its environment. */
    public static Family start(ProcessBuilder builder) throws IOException {
        Map.Entry<String, String> mark =
                Map.entry("CRUMB_EXECUTION", UUID.randomUUID().toString());
        builder.environment().put(mark.getKey(), mark.getValue());
        return new Family(builder.start(), mark.toString());
    }

    public Process first() {
        return first;
    }

    /** Kills the process and what descends from it now; quick. */
    void kill() {
        descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Asks them all to end; returns when none is left, or the grace is over, or its thread is interrupted. */
    public void ask(Duration grace) throws InterruptedException {
        Set<ProcessHandle> left = left();
        left.forEach(ProcessHandle::destroy);
        long began = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - began < grace.toNanos()) {
            Thread.sleep(ASKED_EVERY);
            left = left();
        }
    }

    /** Kills them all; returns when none is left. */
    public void end() {
        long began = System.nanoTime();
        Set<ProcessHandle> left = left();
        while (!left.isEmpty() && System.nanoTime() - began < GONE_WITHIN.toNanos()) {
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            left = left();
        }
        if (!left.isEmpty()) {
            LOG.warn("processes are left that cannot be killed: {}", left);
        }
    }

    private Set<ProcessHandle> left() {
        Stream<ProcessHandle> marked =
                Files.isDirectory(PROCESSES) ? ProcessHandle.allProcesses().filter(this::isMarked) : Stream.empty();
        // Who has ended and is only waiting for its parent to notice has no command any more.
        return Stream.concat(descendants(), marked)
                .filter(process -> process.info().command().isPresent())
                .collect(Collectors.toSet());
    }

    private Stream<ProcessHandle> descendants() {
        return Stream.concat(Stream.of(first.toHandle()), first.descendants());
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }
}
