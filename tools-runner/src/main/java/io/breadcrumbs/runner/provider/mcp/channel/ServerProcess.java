package io.breadcrumbs.runner.provider.mcp.channel;

import io.breadcrumbs.runner.provider.subprocess.Family;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of an MCP server: lines to its input, lines from its output. What is to be written waits in a bounded
 * queue; when that is full, the line is refused. One thread writes, one reads, one reads the error output; all three
 * end with the process. Whoever is told of the end is told once.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final int LINES_AT_MOST = 256;
    private static final int ERROR_LINE_BYTES = 500;
    private static final Duration EXIT_WITHIN = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM");

    private final String name;
    private final Family family;
    private final Process process;
    private final int lineBytes;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_AT_MOST);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread writer;
    private volatile Consumer<String> ended = _ -> {};
    private volatile String lastError = "";

    private ServerProcess(String name, Family family, int lineBytes) {
        this.name = name;
        this.family = family;
        this.process = family.first();
        this.lineBytes = lineBytes;
        this.writer =
                Thread.ofPlatform().daemon().name("mcp " + name + " input").unstarted(this::write);
    }

    /**
     * Starts one.
     *
     * @param environment with secrets in place
     * @param lineBytes of one line that it may write
     */
    public static ServerProcess start(
            String name, List<String> command, Map<String, String> environment, @Nullable Path folder, int lineBytes)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        return new ServerProcess(name, Family.start(builder), lineBytes);
    }

    /** Begins to read and write; called once. */
    void run(Consumer<String> line, Consumer<String> whenEnded) {
        ended = whenEnded;
        Thread.ofPlatform().daemon().name("mcp " + name + " output").start(() -> read(line));
        Thread.ofPlatform().daemon().name("mcp " + name + " errors").start(this::readErrors);
        writer.start();
    }

    void send(String line) throws ChannelException {
        if (over.get()) {
            throw new ChannelException(ChannelException.Reason.GONE, "its process has ended");
        }
        if (!lines.offer(line)) {
            throw new ChannelException(
                    ChannelException.Reason.BUSY, LINES_AT_MOST + " messages wait already that it does not read");
        }
    }

    private void write() {
        try {
            OutputStream out = process.getOutputStream();
            while (true) {
                out.write((lines.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            end("its input is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is to end
        }
    }

    private void read(Consumer<String> each) {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            for (String line = line(in, lineBytes); line != null; line = line(in, lineBytes)) {
                each.accept(line);
            }
            end("its output has ended");
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    /** The next line; null at the end. */
    private static @Nullable String line(InputStream in, int bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() == bytes) {
                throw ChannelException.tooLarge(bytes);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void readErrors() {
        try (InputStream in = new BufferedInputStream(process.getErrorStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n' && line.size() < ERROR_LINE_BYTES) {
                    line.write(next);
                } else if (next == '\n' && line.size() > 0) {
                    lastError = line.toString(StandardCharsets.UTF_8).strip();
                    LOG.debug("MCP server {} says: {}", name, lastError);
                    line.reset();
                }
            }
        } catch (IOException e) {
            LOG.debug("MCP server {} says no more", name, e);
        }
    }

    private void end(String why) {
        String how = why + exitCode();
        if (over.compareAndSet(false, true)) {
            LOG.warn("the process of MCP server {} is over: {}; it said last: {}", name, how, lastError);
            writer.interrupt();
            ended.accept(how);
        }
    }

    private String exitCode() {
        try {
            return process.waitFor(EXIT_WITHIN) ? ", exit code " + process.exitValue() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Ends the process and what it started: asks first, and does not ask for long. Blocks until they are gone. */
    @Override
    public void close() {
        over.set(true);
        writer.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            family.ask(GRACE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        family.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
