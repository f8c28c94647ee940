package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The reference MCP server, as npm has it, in this build's target folder. */
final class ReferenceServer {

    private static final String PACKAGE = "@modelcontextprotocol/server-everything";
    private static final String VERSION = "2026.8.31";
    private static final long PATIENCE_SECONDS = 120;

    private static final Path FOLDER =
            Path.of("target", "mcp-reference-" + VERSION).toAbsolutePath();
    private static final Path MAIN = FOLDER.resolve("node_modules/" + PACKAGE + "/dist/index.js");

    private ReferenceServer() {}

    /** Installs it unless it is there; why that was not possible, or null. */
    static @Nullable String install() throws IOException, InterruptedException {
        if (Files.exists(MAIN)) {
            return null;
        }
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve("npm.log");
        List<String> command = List.of(
                "npm",
                "install",
                "--prefix=" + FOLDER,
                "--no-save",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                PACKAGE + "@" + VERSION);
        Process npm;
        try {
            npm = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return "npm cannot be run: " + e.getMessage();
        }
        if (!npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
            return "npm did not install " + PACKAGE + " within " + PATIENCE_SECONDS + " s";
        }
        return Files.exists(MAIN) ? null : "npm cannot install " + PACKAGE + "@" + VERSION + "; " + log + " says why";
    }

    /** The command that runs it over a transport. */
    static List<String> command(String transport) {
        return List.of("node", MAIN.toString(), transport);
    }

    /** Runs it over HTTP; returns when it listens. */
    static Process listening(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command("streamableHttp")).redirectErrorStream(true);
        builder.environment().put("PORT", Integer.toString(port));
        Process server = builder.start();
        BufferedReader lines = server.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains("listening on port")) {
                Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
                return server;
            }
        }
        assertThat(said).as("what it said before it ended").isEmpty();
        throw new IllegalStateException("it ended without a word");
    }

    /** Its processes over standard input and output that descend from this one. */
    static List<ProcessHandle> ours() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().arguments().stream()
                        .map(List::of)
                        .anyMatch(arguments -> arguments.contains(MAIN.toString()) && arguments.contains("stdio")))
                .toList();
    }
}
