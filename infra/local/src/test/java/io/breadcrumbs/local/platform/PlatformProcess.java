package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code crumb up} in a process of its own, on free ports, and commands to it. */
final class PlatformProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Path data;
    private final Process process;

    private PlatformProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
    }

    /** Returns when it is ready. */
    static PlatformProcess start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.breadcrumbs.local.Crumb",
                        "up",
                        "--port=0",
                        "--kafka-port=0",
                        "--registry-port=0",
                        "--data=" + data)
                .redirectErrorStream(true)
                .start();
        PlatformProcess started = new PlatformProcess(data, process);
        BufferedReader lines = process.inputReader();
        List<String> said = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ")) {
            said.add(line);
            line = lines.readLine();
        }
        if (line == null) {
            started.close();
        }
        assertThat(line).as("it said %s", said).isNotNull();
        return started;
    }

    /** What a command says that must end well. */
    String crumb(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data);
        int code = CrumbCommand.run(
                Reader.nullReader(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(code).as("exit code, with %s", err).isZero();
        return out.toString();
    }

    /** Ends it as a power cut of the process would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
