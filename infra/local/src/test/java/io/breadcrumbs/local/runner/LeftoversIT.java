package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.intake.Occupancy;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Load;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of calls that are over, however they ended. */
@Timeout(180)
class LeftoversIT {

    private static final String ROOT = "<root>";
    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 400;
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    @Test
    void shouldLeaveNothingOfCallsThatEndedTookTooLongOrWereCancelled() throws Exception {
        try (Stage stage = new Stage(data.resolve("data"), RunnerSettings.DEFAULT)) {
            // When
            Map<ErrorKind, Integer> failures = call(stage);

            // Then
            assertThat(failures).containsOnlyKeys(ErrorKind.TIMEOUT, ErrorKind.CANCELLED);
            assertThat(failures.values()).allSatisfy(count -> assertThat(count).isEqualTo(CALLS / 3));
            awaitEqual(
                    "requests, slots and claims",
                    Occupancy.NONE,
                    () -> stage.runner.desk().occupancy());
            awaitEqual("of the bus", Load.NONE, stage.bus::load);
            awaitEqual("timers, but for that of the triggers, which look now and then", 1, stage.time::waiting);
            awaitEqual("virtual threads", List.of(), this::virtualThreads);
        }
    }

    /** Calls one third each that ends, that takes too long, and that is cancelled; how they failed. */
    private static Map<ErrorKind, Integer> call(Stage stage) throws Exception {
        Semaphore window = new Semaphore(AT_ONCE);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            window.acquire();
            ToolRequest request = request(i);
            Call call = stage.ask(request);
            calls.add(call);
            call.durable().whenComplete((_, _) -> window.release());
            if (i % 3 == 2) {
                stage.cancel(request);
            }
        }
        Map<ErrorKind, Integer> failures = new EnumMap<>(ErrorKind.class);
        for (Call call : calls) {
            ToolError error = call.durable().get().getError();
            if (error != null) {
                failures.merge(error.getKind(), 1, Integer::sum);
            }
        }
        return failures;
    }

    private static ToolRequest request(int i) {
        return switch (i % 12) {
            case 0 -> Stage.request("echo").setInput("{\"message\": \"m\"}").build();
            case 3 ->
                Stage.request("pay")
                        .setInput(Values.write(new TrialTools.Key("left" + i)))
                        .build();
            case 6 -> Stage.request("nest").setInput("{\"depth\": 2}").build();
            case 9 -> Stage.request("timer").setInput("{\"seconds\": 0.01}").build();
            case 1 -> Stage.request("hang").setTimeoutMs(20L).build();
            case 4 -> Stage.request("hang-below").setTimeoutMs(20L).build();
            case 7 -> Stage.request("chatter").setTimeoutMs(20L).build();
            case 10 ->
                Stage.request("timer")
                        .setInput("{\"seconds\": 5}")
                        .setTimeoutMs(20L)
                        .build();
            case 2 -> Stage.request("hang").build();
            case 5 -> Stage.request("hang-below").build();
            case 8 -> Stage.request("chatter").build();
            default -> Stage.request("timer").setInput("{\"seconds\": 5}").build();
        };
    }

    private interface Look<T> {
        T now() throws IOException;
    }

    private static <T> void awaitEqual(String what, T expected, Look<T> look) throws IOException {
        long until = System.nanoTime() + WITHIN.toNanos();
        T now = look.now();
        while (!expected.equals(now) && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
            now = look.now();
        }
        assertThat(now).as(what).isEqualTo(expected);
    }

    /** Where each virtual thread is that this process has started; the JDK's own belong to its containers. */
    private List<String> virtualThreads() throws IOException {
        Path file = Files.createTempFile(data, "threads", ".json");
        Files.delete(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
        JsonNode dump = new ObjectMapper().readTree(file.toFile());
        List<String> found = new ArrayList<>();
        for (JsonNode container : dump.path("threadDump").path("threadContainers")) {
            for (JsonNode thread : container.path("threads")) {
                if (ROOT.equals(container.path("container").asText())
                        && thread.path("virtual").asBoolean()) {
                    found.add(thread.path("stack").toString());
                }
            }
        }
        return found;
    }
}
