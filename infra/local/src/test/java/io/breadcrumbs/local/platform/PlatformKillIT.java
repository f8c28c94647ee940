package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.data.PlatformState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform acknowledged outlives a kill of its process. */
class PlatformKillIT {

    private static final int RECORDS = 200;

    @TempDir
    private Path temp;

    @Test
    void shouldKeepEveryAcknowledgedRecordWhenKilled() throws Exception {
        Path data = temp.resolve("data");
        Path file = Files.write(
                temp.resolve("records.jsonl"),
                IntStream.range(0, RECORDS)
                        .mapToObj(i -> "{\"topic\": \"tool.request.v1\", \"value\": {\"requestId\": \"r" + i
                                + "\", \"tool\": \"echo\"}}")
                        .toList());
        try (PlatformProcess first = PlatformProcess.start(data)) {
            assertThat(first.crumb("publish", file.toString())).contains("published " + RECORDS + " records");
            first.kill();
        }
        assertThat(PlatformState.read(data)).isEmpty();

        try (PlatformProcess next = PlatformProcess.start(data)) {
            String found = next.crumb("tail", "tool.request.v1", "--from", "beginning", "--no-follow", "--json");
            assertThat(found.lines()).hasSize(RECORDS);
            assertThat(next.crumb(
                            "tail",
                            "tool.request.v1",
                            "--from",
                            "beginning",
                            "--no-follow",
                            "--where",
                            "requestId=r17"))
                    .contains(" r17 ");
            assertThat(next.crumb("topics", "--json"))
                    .contains("\"topic\":\"tool.request.v1\",\"partitions\":8,\"records\":200");
            assertThat(next.crumb("down")).startsWith("stopped the platform");
        }
    }
}
