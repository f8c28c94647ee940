package io.breadcrumbs.local.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Latest;
import io.breadcrumbs.sdk.Load;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Spans;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SendingTest {

    private final FakeBus bus = new FakeBus();

    @Test
    void shouldPublishInTheOrderOfTheText() throws Exception {
        Published published = send(1_200);

        assertThat(published.positions()).hasSize(1_200);
        assertThat(published.failures()).isEmpty();
        assertThat(published.untried()).isZero();
        assertThat(bus.keys)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1_200).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void shouldStopAtTheFirstThatFailsAndNameItsLine() throws Exception {
        bus.refusals.put("r600", List.of(ErrorCode.TOO_LARGE));

        Published published = send(1_200);

        assertThat(published.failures()).containsExactly(new Published.Failure(600, "refused: TOO_LARGE"));
        assertThat(published.summary("file"))
                .isEqualTo("file:600: refused: TOO_LARGE; " + bus.keys.size() + " published, " + published.untried()
                        + " after them not tried");
        assertThat(published.positions())
                .hasSize(bus.keys.size())
                .contains("t-0@599")
                .doesNotContain("t-0@1200");
        assertThat(published.untried()).isEqualTo(1_200 - 1 - bus.keys.size());
    }

    @Test
    void shouldSayHowFarTheFailuresReach() {
        Published published = new Published(
                List.of("t-0@0"),
                List.of(
                        new Published.Failure(3, "why"),
                        new Published.Failure(4, "why"),
                        new Published.Failure(9, "o")),
                7);

        assertThat(published.summary("file"))
                .isEqualTo("file:3: why; 2 more failed, up to line 9; 1 published, 7 after them not tried");
    }

    @Test
    void shouldTryAgainWhatWasRefusedForWantOfRoomBeforeAnyOther() throws Exception {
        bus.refusals.put("r2", List.of(ErrorCode.CAPACITY, ErrorCode.AWAY));

        Published published = send(3);

        assertThat(published.failures()).isEmpty();
        assertThat(bus.keys).containsExactly("r1", "r2", "r3");
    }

    private Published send(int count) throws Exception {
        String text = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{\"topic\": \"tool.request.v1\", \"value\": {\"requestId\": \"r" + i + "\"}}")
                .collect(Collectors.joining("\n"));
        List<Publication<?>> publications = new ArrayList<>();
        for (io.breadcrumbs.local.publish.Draft draft : DraftReader.read("file", new StringReader(text))) {
            publications.add(Publication.of(draft, Instant.EPOCH, Limits.DEFAULT));
        }
        return new Sending(bus).send(publications);
    }

    /** Takes what is published, unless it was told to refuse it: so many times, for these reasons. */
    private static final class FakeBus implements Bus {

        private final List<String> keys = new ArrayList<>();
        private final Map<String, List<ErrorCode>> refusals = new HashMap<>();

        @Override
        public Spans spans() {
            return Spans.OFF;
        }

        @Override
        public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
            List<ErrorCode> reasons = refusals.getOrDefault(draft.key(), List.of());
            if (!reasons.isEmpty()) {
                refusals.put(draft.key(), reasons.subList(1, reasons.size()));
                return CompletableFuture.failedFuture(
                        new BusException(reasons.getFirst(), "refused: " + reasons.getFirst()));
            }
            keys.add(draft.key());
            long offset = Long.parseLong(draft.key().substring(1));
            return CompletableFuture.completedFuture(new Position(new Partition("t", 0), offset));
        }

        @Override
        public String instance() {
            return "fake";
        }

        @Override
        public int partition(Topic<?> topic, String key) {
            return 0;
        }

        @Override
        public <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> receiver) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends SpecificRecord> Runnable watch(
                Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int near(Topic<ToolRequest> topic, String requestId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Call request(Ask ask) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Call await(String requestId, Duration atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Map<String, Integer>> members(Set<String> groups) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Writer writer(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
                Topic<V> topic, List<Position> positions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Readiness readiness() {
            return new Readiness(List.of());
        }

        @Override
        public Load load() {
            return Load.NONE;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
