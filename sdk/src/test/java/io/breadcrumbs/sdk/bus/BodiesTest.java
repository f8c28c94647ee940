package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.BlobChunk;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BodiesTest {

    private static final String LARGE = "\"" + "x".repeat(2 << 20) + "\"";
    /** With these, three thousand bytes are a large body. */
    private static final Limits SMALL = new Limits(24 << 20, 20_000, 2_000, 1_000, Duration.ofMillis(200));

    private static final Group<ToolRequest> RUNNERS = Group.of("runners", Catalogue.TOOL_REQUEST);

    private final Scene scene = new Scene();
    private final Scene.Node asker = scene.node("asker");
    private final Scene.Node runner = scene.node("runner");
    private final Echo echo = new Echo(runner);

    /** Reads requests, and why some cannot be read. */
    private static final class Inputs implements TailReader<ToolRequest> {

        final List<String> read = new ArrayList<>();

        @Override
        public void read(Breadcrumb<ToolRequest> breadcrumb, Position position, Lane lane) {
            read.add(breadcrumb.body().getInput());
        }

        @Override
        public void unreadable(Position position, String reason) {
            read.add(reason);
        }
    }

    @Test
    void shouldBringALargeBodyWholeToAGroupATailAndWhoAwaits() {
        // Given
        runner.bus().subscribe(RUNNERS, echo);
        Inputs tailed = new Inputs();
        runner.bus().tail(Scene.beginning(Catalogue.TOOL_REQUEST), tailed);
        scene.passMs(50);

        // When
        Call call = asker.bus().request(Ask.of("echo", LARGE));

        // Then
        scene.passMs(200);
        assertThat(echo.given)
                .singleElement()
                .matches(delivery -> delivery.breadcrumb().body().getInput().equals(LARGE));
        assertThat(tailed.read).containsExactly(LARGE);
        assertThat(call.durable())
                .isCompletedWithValueMatching(answer -> answer.getOutput().equals(LARGE));
    }

    @Test
    void shouldHandALargeBodyOverLocallyAsItIs() {
        // Given
        asker.bus().subscribe(RUNNERS, new Echo(asker));
        Inputs tailed = new Inputs();
        asker.bus().tail(Scene.beginning(Catalogue.TOOL_REQUEST), tailed);
        scene.passMs(200);

        // When
        Call call = asker.bus().request(Ask.of("echo", LARGE));

        // Then
        scene.passMs(200);
        assertThat(tailed.read).containsExactly(LARGE);
        assertThat(call.durable())
                .isCompletedWithValueMatching(answer -> answer.getOutput().equals(LARGE));
    }

    @Test
    void shouldReadALargeBodyThoughTheTopicOfBodiesIsNotKnownYet() {
        // Given
        Scene.Node early = scene.nodeWithout(Catalogue.BLOB);
        Inputs tailed = new Inputs();
        early.bus().tail(Scene.beginning(Catalogue.TOOL_REQUEST), tailed);

        // When
        asker.bus().request(Ask.of("echo", LARGE));

        // Then
        scene.passMs(100);
        assertThat(tailed.read).containsExactly(LARGE);
    }

    @Test
    void shouldGiveEachChunkAKeyOfItsOwnInOnePartition() {
        // When
        asker.bus().request(Ask.of("echo", LARGE));

        // Then
        scene.passMs(20);
        List<Fetched> chunks = scene.log(Catalogue.BLOB);
        assertThat(chunks.stream().map(Fetched::partition).distinct()).hasSize(1);
        assertThat(chunks.stream()
                        .map(chunk -> new String(chunk.record().key(), StandardCharsets.UTF_8))
                        .distinct())
                .hasSize(5);
    }

    @Test
    void shouldLetTheChunksBeDurableBeforeTheRecordThatNamesThem() {
        // Given
        List<String> topics = new ArrayList<>();
        scene.cluster.watch(fetched -> topics.add(fetched.partition().topic()));

        // When
        asker.bus().request(Ask.of("echo", LARGE));

        // Then
        scene.passMs(20);
        String blob = Catalogue.BLOB.name();
        assertThat(topics).containsExactly(blob, blob, blob, blob, blob, Catalogue.TOOL_REQUEST.name());
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("gone@3:0+2", "2 of 2 chunks of gone@3:0+2 are not in the log"),
                Arguments.of("half@3:0+2", "1 of 2 chunks of half@3:0+2 are not in the log"),
                Arguments.of("changed@3:0+1", "chunks of changed@3:0+1 do not give the body that was published"),
                Arguments.of("beside@3:0+1", "1 of 1 chunks of beside@3:0+1 are not in the log"),
                Arguments.of("a@8:0+1", "blob.v1 has 8 partitions, a@8:0+1 names another"),
                malformed("somewhere"),
                malformed("a@-1:0+1"),
                malformed("a@3:-2+1"),
                malformed("a@3:0+0"),
                malformed("a@3:0+-1"),
                malformed("a@3:0+1+1"),
                malformed("a@3:0+2147483647"),
                malformed("a@3:0+99999999999"));
    }

    private static Arguments malformed(String claim) {
        return Arguments.of(claim, "blob: expected id@partition:offset+count with 1 to 4096 chunks, got " + claim);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void shouldBuryARecordWhoseBodyCannotBeHad(String claim, String reason) {
        // Given
        chunk("half", 0, 2);
        chunk("changed", 0, 1);
        chunk("beside", 1, 2);
        chunk("beside", -1, 2);
        runner.bus().subscribe(RUNNERS, echo);
        Inputs tailed = new Inputs();
        runner.bus().tail(Scene.beginning(Catalogue.TOOL_REQUEST), tailed);
        scene.passMs(100);

        // When
        scene.append(Catalogue.TOOL_REQUEST, 0, "asked", naming(claim));

        // Then
        scene.passMs(100);
        assertThat(scene.log(Catalogue.DEAD_LETTER)).singleElement().satisfies(fetched -> {
            DeadLetter letter = Scene.decode(Catalogue.DEAD_LETTER, fetched);
            assertThat(letter.getMessage()).isEqualTo(reason);
            assertThat(letter.getTopic()).isEqualTo(Catalogue.TOOL_REQUEST.name());
            assertThat(letter.getOffset()).isZero();
        });
        assertThat(tailed.read).containsExactly(reason);
        assertThat(echo.given).isEmpty();
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldGoOnBehindARecordWhoseBodyCannotBeHad() {
        // Given
        runner.bus().subscribe(RUNNERS, echo);
        scene.append(Catalogue.TOOL_REQUEST, 0, "asked", naming("gone@3:0+2"));

        // When
        scene.append(Catalogue.TOOL_REQUEST, 0, "next", request("next"));

        // Then
        scene.passMs(300);
        assertThat(echo.ids()).containsExactly("next");
    }

    @Test
    void shouldKeepNoBodyOfARecordThatCameByTheOtherLaneMeanwhile() {
        // Given
        Scene.Node node = scene.node("node", SMALL);
        Inputs tailed = new Inputs();
        node.bus().tail(Scene.beginning(Catalogue.TOOL_REQUEST), tailed);
        scene.passMs(50);

        // When
        for (int i = 0; i < 200; i++) {
            node.bus().request(Ask.of("echo", LARGE.substring(0, 3_000)));
            scene.passMs(1);
        }

        // Then
        scene.passMs(100);
        assertThat(tailed.read).hasSize(200);
        assertThat(node.lanes().bodiesKept()).isZero();
    }

    @Test
    void shouldKeepNoBodyOfARecordThatSomebodyElseHandlesNow() {
        // Given
        Scene.Node one = scene.node("one", SMALL);
        Scene.Node other = scene.node("other", SMALL);
        one.bus().subscribe(RUNNERS, new Echo(one));
        other.bus().subscribe(RUNNERS, new Echo(other));
        scene.passMs(300);

        // When
        for (int i = 0; i < 200; i++) {
            scene.node("asker" + i, SMALL).bus().request(Ask.of("echo", LARGE.substring(0, 3_000)));
            scene.cluster.group(RUNNERS.name()).moveOne();
            scene.passMs(1);
        }

        // Then
        scene.passMs(500);
        assertThat(scene.log(Catalogue.TOOL_RESPONSE)).hasSizeGreaterThanOrEqualTo(200);
        assertThat(one.lanes().bodiesKept() + other.lanes().bodiesKept()).isZero();
    }

    private static ToolRequest request(String id) {
        return Records.request(Catalogue.TOOL_REQUEST, id, Ask.of("echo", "{}"), Instant.EPOCH);
    }

    private static ToolRequest naming(String claim) {
        return ToolRequest.newBuilder(request("asked")).setBlob(claim).build();
    }

    /** Appends a chunk that does not give the hash it names. */
    private void chunk(String id, int index, int count) {
        BlobChunk chunk = new BlobChunk(
                Records.meta(Catalogue.BLOB, id, Instant.EPOCH, "test"),
                id,
                index,
                count,
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                3L,
                "0".repeat(64));
        scene.append(Catalogue.BLOB, 3, id + "/" + index, chunk);
    }
}
