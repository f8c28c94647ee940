package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More requests than there is room for, of one tool or of one workspace. */
@Timeout(180)
class LimitsIT {

    private static final int QUEUED = 5_000;
    private static final int FLOOD = 25_000;
    private static final int SLOTS = 8;
    private static final int EACH = 3;
    /** How many requests a runner lets wait for their tool. */
    private static final int LOBBY = 10_000;

    @TempDir
    private Path data;

    @AfterEach
    void openTheGate() {
        TrialTools.gate.countDown();
    }

    @Test
    void shouldAnswerOthersWhileAToolHasALongQueueAndAnswerAllOfIt() throws Exception {
        TrialTools.gate = new CountDownLatch(1);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(FLOOD);
        try (Stage stage = new Stage(data.resolve("data"), new RunnerSettings(Set.of("default"), SLOTS));
                Bus elsewhere = stage.connect("elsewhere");
                Tail answers = elsewhere.tail(TailFrom.end(Catalogue.TOOL_RESPONSE), (answer, _, _) -> {
                    if ("gate".equals(answer.body().getTool()) && answered.add(answer.key())) {
                        all.countDown();
                    }
                })) {
            answers.ready().get();

            // Given
            publish(elsewhere, 0, QUEUED);

            // When
            ToolResponse here = stage.bus.request(echo()).durable().get();
            ToolResponse there = elsewhere.request(echo()).durable().get();

            // Then
            assertThat(here.getStatus()).isEqualTo(ResponseStatus.SUCCESS);
            assertThat(there.getStatus()).isEqualTo(ResponseStatus.SUCCESS);
            assertThat(answered).isEmpty();

            // When
            publish(elsewhere, QUEUED, FLOOD);

            // Then
            awaitQueue(stage, LOBBY);
            assertThat(stage.bus.load().openRecords()).isLessThanOrEqualTo(LOBBY + 2 * SLOTS);

            // When
            TrialTools.gate.countDown();

            // Then
            assertThat(all.await(Stage.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s of %s are answered", answered.size(), FLOOD)
                    .isTrue();
            for (int i = 0; i < FLOOD; i++) {
                assertThat(TrialTools.COUNTED).containsEntry("gate" + i, 1);
            }
        }
    }

    private static void awaitQueue(Stage stage, int least) {
        long until = System.nanoTime() + Stage.PATIENCE.toNanos();
        while (stage.runner.desk().occupancy().queued() < least && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(stage.runner.desk().occupancy().queued()).isGreaterThanOrEqualTo(least);
    }

    private static Ask echo() {
        return Ask.of("echo", "{\"message\": \"m\"}").within(Stage.PATIENCE);
    }

    private static void publish(Bus bus, int from, int to) {
        List<CompletableFuture<Position>> published = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ToolRequest request = Stage.request("gate")
                    .setInput(Values.write(new TrialTools.Key("gate" + i)))
                    .build();
            published.add(bus.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request));
        }
        CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void shouldAnswerOtherWorkspacesWhileOneHasALongQueue() throws Exception {
        RunnerSettings settings = new RunnerSettings(Set.of("default"), SLOTS).withPerWorkspace(EACH);
        try (Stage stage = new Stage(data.resolve("data"), settings)) {
            // Given
            List<ToolRequest> hanging = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                hanging.add(Stage.request("hang").build());
            }
            List<CompletableFuture<ToolResponse>> blocked = hanging.stream()
                    .map(request -> stage.ask(request).durable())
                    .toList();

            // When
            ToolRequest.Builder other = Stage.request("echo").setInput("{\"message\": \"m\"}");
            other.getMetaBuilder().setWorkspace("other");
            ToolResponse answer = stage.ask(other.build()).durable().get();

            // Then
            assertThat(answer.getStatus()).isEqualTo(ResponseStatus.SUCCESS);
            assertThat(blocked).noneMatch(CompletableFuture::isDone);
            awaitQueue(stage, hanging.size() - EACH); // who comes has a slot until it is known whether it may go on
            assertThat(stage.runner.desk().occupancy().executing()).isEqualTo(EACH);

            // When
            hanging.forEach(stage::cancel);

            // Then
            assertThat(blocked)
                    .allSatisfy(answered ->
                            assertThat(answered.get().getError().getKind()).isEqualTo(ErrorKind.CANCELLED));
        }
    }
}
