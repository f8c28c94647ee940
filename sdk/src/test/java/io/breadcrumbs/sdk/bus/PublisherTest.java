package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.RecordedSpans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String TRACE = PARENT.substring(0, 35);

    private final Scene scene = new Scene();
    private final Scene.Node node = scene.node("node");

    private CompletableFuture<Position> publish(Draft<?> draft) {
        CompletableFuture<Position> published = node.bus().publish(draft);
        scene.passMs(50);
        return published;
    }

    private static Draft<?> cancel(String key, String reason) {
        var cancel = Cancels.of(key);
        cancel.put("reason", reason);
        return Draft.of(Catalogue.TOOL_CANCEL, key, cancel);
    }

    private static Draft<ToolRequest> request(String input) {
        return Draft.of(
                Catalogue.TOOL_REQUEST,
                "r",
                Records.request(Catalogue.TOOL_REQUEST, "r", Ask.of("echo", input), Instant.EPOCH));
    }

    private static void assertFailed(CompletableFuture<?> published, ErrorCode code) {
        assertThat(published)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        BusException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    @Test
    void shouldSayWhereTheRecordStands() {
        // When
        CompletableFuture<Position> published = publish(cancel("k", ""));

        // Then
        int partition = Publisher.partition("k".getBytes(StandardCharsets.UTF_8), Scene.PARTITIONS);
        assertThat(published)
                .isCompletedWithValue(new Position(new Partition(Catalogue.TOOL_CANCEL.name(), partition), 0));
        assertThat(node.bus().inFlightBytes()).isZero();
    }

    @Test
    void shouldNumberWhatAnInstancePublishes() {
        // When
        publish(Draft.of(Catalogue.TOOL_CANCEL, "a", Cancels.of("a")).to(2));
        publish(Draft.of(Catalogue.TOOL_CANCEL, "b", Cancels.of("b")).to(2));

        // Then
        assertThat(scene.log(Catalogue.TOOL_CANCEL))
                .extracting(fetched -> fetched.record().headers())
                .allMatch(headers -> headers.of("node"))
                .extracting(Headers::seq)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Scene.PARTITIONS, -1})
    void shouldRefuseAPartitionThatTheTopicDoesNotHave(int partition) {
        // When
        CompletableFuture<Position> published =
                publish(Draft.of(Catalogue.TOOL_CANCEL, "k", Cancels.of("k")).to(partition));

        // Then
        assertFailed(published, ErrorCode.TOPIC);
    }

    @Test
    void shouldRefuseARecordThatIsTooLargeAndHasNoBody() {
        // When
        CompletableFuture<Position> published = publish(cancel("k", "x".repeat(1_000_000)));

        // Then
        assertFailed(published, ErrorCode.TOO_LARGE);
    }

    @Test
    void shouldTellTailsOfATombstone() {
        // Given
        List<String> read = new ArrayList<>();
        node.bus()
                .tail(
                        Scene.beginning(Catalogue.TOOL),
                        (breadcrumb, _, lane) -> read.add(lane + " " + breadcrumb.key() + " " + breadcrumb.value()));
        scene.node("other")
                .bus()
                .tail(
                        Scene.beginning(Catalogue.TOOL),
                        (breadcrumb, _, lane) -> read.add(lane + " " + breadcrumb.key() + " " + breadcrumb.value()));
        scene.passMs(50);

        // When
        for (int i = 0; i < 10; i++) { // which lane is quicker is chance
            assertThat(publish(Draft.tombstone(Catalogue.TOOL, "echo / 1"))).isCompleted();
        }

        // Then
        assertThat(read).hasSize(20).containsOnly("TAIL echo / 1 null", "LOG echo / 1 null");
        assertThat(node.bus().inFlightBytes()).isZero();
    }

    @Test
    void shouldRefuseATombstoneWhereNothingIsCompacted() {
        // When
        CompletableFuture<Position> published = publish(Draft.tombstone(Catalogue.TOOL_CANCEL, "k"));

        // Then
        assertFailed(published, ErrorCode.TOPIC);
    }

    @Test
    void shouldRefuseATopicThatIsNotKnownYet() {
        // Given
        Scene.Node early = scene.nodeWithout(Catalogue.TOOL_REQUEST);

        // When
        CompletableFuture<Position> published = early.bus().publish(request("{}"));

        // Then
        assertFailed(published, ErrorCode.AWAY);
    }

    @Test
    void shouldRefuseALargeBodyWhileTheTopicOfBodiesIsNotKnownYet() {
        // Given
        Scene.Node early = scene.nodeWithout(Catalogue.BLOB);

        // When
        CompletableFuture<Position> published = early.bus().publish(request("x".repeat(2 << 20)));

        // Then
        assertFailed(published, ErrorCode.AWAY);
    }

    @Test
    void shouldRefuseWhatIsBeyondTheBytesInFlight() {
        // Given
        Scene.Node small = scene.node("small", new Limits(1_000, 10, 900, 800, Duration.ofMillis(200)));
        CompletableFuture<Position> first =
                small.bus().publish(Catalogue.TOOL_CANCEL, "k", Cancels.of("x".repeat(300)));

        // When
        CompletableFuture<Position> second =
                small.bus().publish(Catalogue.TOOL_CANCEL, "k", Cancels.of("x".repeat(300)));

        // Then
        assertFailed(second, ErrorCode.CAPACITY);
        scene.passMs(5);
        assertThat(first).isCompleted();
        assertThat(small.bus().inFlightBytes()).isZero();
    }

    @Test
    void shouldSayThatNobodyKnowsWhetherTheLogHasIt() {
        // Given
        scene.cluster.behave(new Faults(1, 0, 0, 0, 0, 0, 30_000));

        // When
        CompletableFuture<Position> published = publish(cancel("k", ""));

        // Then
        assertFailed(published, ErrorCode.UNKNOWN);
        assertThat(node.bus().inFlightBytes()).isZero();
    }

    @Test
    void shouldOfferNothingThatWasRefusedAtOnce() {
        // Given
        Echo echo = new Echo(node);
        node.bus().subscribe(Group.of("runners", Catalogue.TOOL_REQUEST), echo);
        scene.passMs(300);
        scene.cluster.behave(new Faults(0, 0, 1, 0, 0, 0, 30_000));

        // When
        CompletableFuture<Position> published = publish(request("{}"));

        // Then
        assertFailed(published, ErrorCode.AWAY);
        assertThat(echo.given).isEmpty();
        assertThat(node.bus().openRecords()).isZero();
    }

    @Test
    void shouldRefuseWhenItIsClosed() {
        // Given
        node.bus().close();

        // When
        CompletableFuture<Position> published = publish(cancel("k", ""));

        // Then
        assertFailed(published, ErrorCode.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 2 << 20})
    void shouldPutWhatIsPublishedIntoTheTraceOfWhatIsHandled(int size) {
        // Given
        Draft<ToolRequest> draft = request("x".repeat(size));

        // When
        ScopedValue.where(Trace.CURRENT, PARENT).run(() -> node.bus().publish(draft));

        // Then
        scene.passMs(50);
        assertThat(scene.log(Catalogue.TOOL_REQUEST)).singleElement().satisfies(PublisherTest::assertTraced);
        assertThat(scene.log(Catalogue.BLOB)).allSatisfy(PublisherTest::assertTraced);
    }

    private static void assertTraced(Fetched fetched) {
        assertThat(fetched.record().headers().trace()).startsWith(TRACE).isNotEqualTo(PARENT);
    }

    @Test
    void shouldShowWhatItSendsUntilItIsAcknowledged() {
        // Given
        RecordedSpans spans = new RecordedSpans(scene.scheduler.random());
        MemoryBus bus = MemoryBus.in(scene.cluster.process("told"), MemoryBus.wire(), scene.scheduler, spans);

        // When
        Trace.within(PARENT, () -> bus.publish(request("{}")));

        // Then
        assertThat(spans.ended()).isEmpty();
        scene.passMs(50);
        assertThat(spans.ended()).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("send tool.request.v1");
            assertThat(span.parent()).isEqualTo(PARENT);
            assertThat(span.said()).containsEntry("messaging.kafka.offset", "0");
            assertThat(span.failure()).isNull();
            assertThat(scene.log(Catalogue.TOOL_REQUEST))
                    .singleElement()
                    .matches(fetched ->
                            span.traceparent().equals(fetched.record().headers().trace()));
        });
    }

    @Test
    void shouldShowWhatItCannotSend() {
        // Given
        RecordedSpans spans = new RecordedSpans(scene.scheduler.random());
        MemoryBus bus = MemoryBus.in(scene.cluster.process("told"), MemoryBus.wire(), scene.scheduler, spans);

        // When
        bus.publish(request("{}").to(1_000));

        // Then
        assertThat(spans.ended()).singleElement().satisfies(span -> {
            assertThat(span.parent()).isNull();
            assertThat(span.failure()).isEqualTo("TOPIC");
        });
    }

    @Test
    void shouldTakeTheTraceThatThePublisherGives() {
        // When
        publish(request("{}").traced(PARENT));

        // Then
        assertThat(scene.log(Catalogue.TOOL_REQUEST))
                .singleElement()
                .matches(fetched -> PARENT.equals(fetched.record().headers().trace()));
    }
}
