package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a bus says of itself. */
class SelfReportTest {

    private final Scene scene = new Scene();

    private void append(int records) {
        for (int i = 0; i < records; i++) {
            ToolRequest request = Records.request(Catalogue.TOOL_REQUEST, "r" + i, Ask.of("echo", "{}"), Instant.EPOCH);
            scene.append(Catalogue.TOOL_REQUEST, i % 2, "r" + i, request);
        }
    }

    /** A loop whose thread may hang. */
    private record Halting(Loop loop, AtomicBoolean moves) implements Loop {

        @Override
        public boolean step(Duration atMost) {
            return moves.get() && loop.step(atMost);
        }

        @Override
        public void wake() {
            loop.wake();
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    /** A bus whose hands and loops are the test's. */
    private LaneBus bus(Executor hands, Function<Parts, LoopDriver> loops) {
        MemoryProcess process = scene.cluster.process("watched");
        Parts parts = MemoryBus.parts(process, MemoryBus.wire(), scene.scheduler, Limits.DEFAULT);
        return new LaneBus(
                new Parts(
                        parts.instance(),
                        parts.log(),
                        parts.wire(),
                        parts.time(),
                        hands,
                        loops.apply(parts),
                        parts.random(),
                        parts.limits()),
                () -> new Readiness(List.of()));
    }

    /** Runs the task when the registry answers. */
    private void later(Runnable task, AtomicBoolean answers) {
        if (answers.get()) {
            task.run();
        } else {
            scene.scheduler.after(1_000, () -> later(task, answers));
        }
    }

    @Test
    void shouldCountWhatWaitsInTheLog() {
        // Given
        AtomicBoolean room = new AtomicBoolean();
        Subscription subscription = scene.node("runner")
                .bus()
                .subscribe(Group.of("runners", Catalogue.TOOL_REQUEST), delivery -> {
                    if (room.get()) {
                        delivery.done();
                    }
                    return room.get();
                });
        scene.passMs(100);

        // When
        append(300);
        scene.passMs(3_000);

        // Then
        assertThat(subscription.queued()).isEqualTo(300);
        room.set(true);
        scene.passMs(3_000);
        assertThat(subscription.queued()).isZero();
    }

    @Test
    void shouldSaySinceWhenATailHasNotReadWhatTheLogHas() {
        // Given
        AtomicBoolean answers = new AtomicBoolean(true);
        LaneBus bus = bus(task -> scene.scheduler.after(0, () -> later(task, answers)), Parts::loops);
        Tail tail = bus.tail(Scene.beginning(Catalogue.TOOL_REQUEST), (_, _, _) -> {});
        append(10);
        scene.passMs(1_000);
        assertThat(tail.behindSince()).isEmpty();
        answers.set(false);

        // When
        Instant before = scene.scheduler.now();
        scene.append(Catalogue.TOOL_REQUEST, 0, "of a schema yet to be asked for", new byte[] {0, 0x7f, 0, 0, 0, 1});
        scene.passMs(20_000);

        // Then
        assertThat(tail.behindSince())
                .hasValueSatisfying(since -> assertThat(since).isBetween(before, before.plusSeconds(1)));
        answers.set(true);
        scene.passMs(1_000);
        assertThat(tail.behindSince()).isEmpty();
    }

    @Test
    void shouldSayThatALoopDoesNotMove() {
        // Given
        AtomicBoolean moves = new AtomicBoolean(true);
        LaneBus bus = bus(Runnable::run, parts -> (name, loop) -> parts.loops().drive(name, new Halting(loop, moves)));
        bus.subscribe(Group.of("runners", Catalogue.TOOL_REQUEST), _ -> true);
        scene.passMs(Pulse.AT_MOST.toMillis() * 2);
        assertThat(bus.readiness().ready()).isTrue();

        // When
        moves.set(false);
        scene.passMs(Pulse.AT_MOST.toMillis() + 1_000);

        // Then
        assertThat(bus.readiness().missing())
                .singleElement()
                .asString()
                .startsWith("loop 'group runners' has not moved for 3");
    }
}
