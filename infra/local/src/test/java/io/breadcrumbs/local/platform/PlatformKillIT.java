package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.data.PlatformState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform acknowledged outlives a kill of its process. */
class PlatformKillIT {

    private static final int RECORDS = 200;

    @TempDir
    private Path temp;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    @Test
    void shouldKeepEveryAcknowledgedRecordWhenKilled() throws Exception {
        Process first = start();
        Path file = Files.write(
                temp.resolve("records.jsonl"),
                IntStream.range(0, RECORDS)
                        .mapToObj(i -> "{\"topic\": \"tool.request.v1\", \"value\": {\"requestId\": \"r" + i
                                + "\", \"tool\": \"echo\"}}")
                        .toList());
        assertThat(crumb("publish", file.toString())).contains("published " + RECORDS + " records");

        first.destroyForcibly();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(PlatformState.read(data())).isEmpty();
        start();

        String found = crumb("tail", "tool.request.v1", "--from", "beginning", "--no-follow", "--json");
        assertThat(found.lines()).hasSize(RECORDS);
        assertThat(crumb("tail", "tool.request.v1", "--from", "beginning", "--no-follow", "--where", "requestId=r17"))
                .contains(" r17 ");
        assertThat(crumb("topics", "--json"))
                .contains("\"topic\":\"tool.request.v1\",\"partitions\":8,\"records\":200");
        assertThat(crumb("down")).startsWith("stopped the platform");
    }

    private Path data() {
        return temp.resolve("data");
    }

    private Process start() throws IOException {
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
                        "--data=" + data())
                .redirectErrorStream(true)
                .start();
        processes.add(process);
        BufferedReader lines = process.inputReader();
        List<String> said = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ")) {
            said.add(line);
            line = lines.readLine();
        }
        assertThat(line).as("it said %s", said).isNotNull();
        return process;
    }

    private String crumb(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data());
        int code = CrumbCommand.run(
                Reader.nullReader(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(code).as("exit code, with %s", err).isZero();
        return out.toString();
    }
}
