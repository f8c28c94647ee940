package io.breadcrumbs.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.TailFrom;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryBusTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final MemoryProcess process = cluster.process("me");
    private final Wire wire = MemoryBus.wire();
    private final MemoryBus bus = MemoryBus.in(process, wire, scheduler);
    private final MemoryBus other = MemoryBus.in(cluster.process("other"), wire, scheduler);

    private static Meta meta(String id) {
        return Meta.newBuilder()
                .setId(id)
                .setSchemaName("test")
                .setTags(new ArrayList<>())
                .build();
    }

    /** What nobody may do. */
    private static void tag(ToolCancel cancel) {
        cancel.getMeta().getTags().add("seen");
    }

    private static ToolCancel cancel(String reason) {
        return new ToolCancel(meta("c"), "c", null, -1L, reason);
    }

    private static DeadLetter letter() {
        return DeadLetter.newBuilder()
                .setMeta(meta("d"))
                .setTopic("t")
                .setPartition(0)
                .setOffset(0)
                .setValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .build();
    }

    private void pass() {
        scheduler.run(Duration.ofMillis(300));
    }

    private void assertCaught(Runnable action) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(action::run)
                .withMessageContaining("is not what the log gives of it");
    }

    @Test
    void shouldLetReceiversReadAsOftenAsTheyLike() {
        // Given
        List<Delivery<ToolCancel>> given = new ArrayList<>();
        bus.subscribe(Group.of("g", Catalogue.TOOL_CANCEL), given::add);
        bus.tail(new TailFrom<>(Catalogue.TOOL_CANCEL, Map.of(0, 0L)), (breadcrumb, _, _) -> breadcrumb.body());
        pass();

        // When
        bus.publish(Catalogue.TOOL_CANCEL, "c", cancel("as it is"));

        // Then
        assertThatCode(this::pass).doesNotThrowAnyException();
        assertThat(given).hasSize(1);
    }

    @Test
    void shouldReadTheNewestRecords() {
        for (int i = 0; i < 5; i++) {
            bus.publish(Catalogue.TOOL_CANCEL, "c", cancel("reason " + i));
        }
        pass();
        List<Long> three = new ArrayList<>();
        List<Long> all = new ArrayList<>();

        bus.tail(
                new TailFrom<>(Catalogue.TOOL_CANCEL, Map.of(0, TailFrom.newest(3))),
                (_, position, _) -> three.add(position.offset()));
        bus.tail(
                new TailFrom<>(Catalogue.TOOL_CANCEL, Map.of(0, TailFrom.newest(100))),
                (_, position, _) -> all.add(position.offset()));
        pass();

        assertThat(three).containsExactly(2L, 3L, 4L);
        assertThat(all).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void shouldCatchAReceiverThatChangesARecord() {
        // Given
        bus.subscribe(Group.of("g", Catalogue.TOOL_CANCEL), delivery -> {
            process.execute(() -> tag(delivery.breadcrumb().body()));
            return true;
        });
        pass();

        // When
        bus.publish(Catalogue.TOOL_CANCEL, "c", cancel("as it is"));

        // Then
        assertCaught(this::pass);
    }

    @Test
    void shouldCatchAReceiverThatChangesARecordFromAnotherProcess() {
        // Given
        other.subscribe(Group.of("g", Catalogue.TOOL_CANCEL), delivery -> {
            tag(delivery.breadcrumb().body());
            return true;
        });
        pass();

        // When
        bus.publish(Catalogue.TOOL_CANCEL, "c", cancel("as it is"));

        // Then
        assertCaught(this::pass);
    }

    @Test
    void shouldCatchATailThatMovesThroughABuffer() {
        // Given
        other.tail(new TailFrom<>(Catalogue.DEAD_LETTER, Map.of(0, 0L)), (breadcrumb, _, _) -> {
            ByteBuffer value = breadcrumb.body().getValue();
            if (value != null) {
                value.get();
            }
        });
        pass();

        // When
        bus.publish(Catalogue.DEAD_LETTER, "d", letter());

        // Then
        assertCaught(this::pass);
    }

    @Test
    void shouldCatchAPublisherThatUsesARecordAgain() {
        // Given
        ToolCancel once = cancel("once");
        bus.publish(Catalogue.TOOL_CANCEL, "c", once);

        // When
        tag(once);

        // Then
        assertCaught(() -> bus.publish(Catalogue.TOOL_CANCEL, "c", once));
        assertCaught(this::pass);
    }

    @Test
    void shouldCatchARecordThatTheLogGivesBackOtherwise() {
        // Given
        String halfACharacter = "\ud83d";

        // When
        ToolCancel unreadable = cancel(halfACharacter);

        // Then
        assertCaught(() -> bus.publish(Catalogue.TOOL_CANCEL, "c", unreadable));
    }
}
