package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.testkit.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final Ask ASK = Ask.of("echo", "{\"a\":1}");
    private static final Ask GPU_ASK = new Ask("echo", "{}", "gpu", "default", "test", Duration.ofSeconds(10));

    private final Scene scene = new Scene();
    private final Scene.Node asker = scene.node("asker");

    /** A runner whose partitions are given and read to their end. */
    private Echo echo(Scene.Node node, Topic<ToolRequest> topic) {
        Echo echo = new Echo(node);
        node.bus().subscribe(Group.of("runners of " + topic, topic), echo);
        scene.passMs(100);
        return echo;
    }

    private static void assertAnswered(CompletableFuture<ToolResponse> answer, String output) {
        assertThat(answer).isCompletedWithValueMatching(response -> output.equals(response.getOutput()));
    }

    private static void assertFailed(CompletableFuture<ToolResponse> answer, ErrorCode code) {
        assertThat(answer)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        BusException.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    private static List<Integer> partitions(List<Fetched> records) {
        return records.stream().map(fetched -> fetched.partition().number()).toList();
    }

    // ------------------------------------------------------------------ request

    @Test
    void shouldBeAnsweredByARunnerInTheSameProcessBeforeTheLogHasIt() {
        // Given
        Echo echo = echo(asker, Catalogue.TOOL_REQUEST);
        Call first = asker.bus().request(ASK); // from here on its partition is tailed
        scene.passMs(20);
        assertAnswered(first.durable(), ASK.input());
        int logged = scene.log(Catalogue.TOOL_RESPONSE).size();

        // When
        Call call = asker.bus().request(ASK);

        // Then
        while (!call.answered().isDone()) {
            assertThat(scene.scheduler.step(Long.MAX_VALUE)).isTrue();
        }
        assertThat(call.durable()).isNotDone();
        assertThat(scene.log(Catalogue.TOOL_RESPONSE)).hasSize(logged);
        scene.passMs(20);
        assertAnswered(call.durable(), ASK.input());
        assertThat(echo.given).hasSize(2).allMatch(delivery -> delivery.lane() == Lane.EAGER);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldBeAnsweredByAnotherProcess() {
        // Given
        Echo echo = echo(scene.node("runner"), Catalogue.TOOL_REQUEST);

        // When
        Call call = asker.bus().request(ASK);

        // Then
        scene.passMs(50);
        assertAnswered(call.answered(), ASK.input());
        assertAnswered(call.durable(), ASK.input());
        assertThat(echo.given).singleElement().matches(delivery -> delivery.lane() == Lane.LOG);
    }

    @Test
    void shouldSayThatNobodyAnsweredInTime() {
        // When
        Call call = asker.bus().request(ASK.within(Duration.ofMillis(100)));

        // Then
        scene.passMs(90);
        assertThat(call.answered()).isNotDone();
        scene.passMs(60);
        assertFailed(call.answered(), ErrorCode.DEADLINE);
        assertFailed(call.durable(), ErrorCode.DEADLINE);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldWaitForATopicWithinItsDeadlineAndNameItIfThatIsTooShort() {
        // Given
        echo(scene.node("runner"), Scene.GPU);
        AtomicBoolean known = new AtomicBoolean();
        Scene.Node newcomer = scene.nodeWithout(Scene.GPU, known::get);
        Call tooShort = newcomer.bus().request(GPU_ASK.within(Duration.ofMillis(100)));
        Call longEnough = newcomer.bus().request(GPU_ASK.within(Duration.ofSeconds(5)));

        // When
        scene.passMs(200);
        known.set(true);
        scene.passMs(200);

        // Then
        assertFailed(tooShort.answered(), ErrorCode.DEADLINE);
        assertThat(tooShort.answered().exceptionNow().getMessage())
                .startsWith("no answer to request " + tooShort.requestId() + " within 100 ms")
                .contains("never sent")
                .contains("topic tool.request.v1.gpu is not known yet");
        assertAnswered(longEnough.durable(), GPU_ASK.input());
        assertThat(scene.log(Scene.GPU)).as("what is over is not sent later").hasSize(1);
        assertThat(newcomer.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldFailAtOnceIfItsRequestIsCertainlyNotInTheLog() {
        // Given
        scene.cluster.behave(new Faults(0, 0, 1, 0, 0, 0, 30_000));

        // When
        Call call = asker.bus().request(ASK);

        // Then
        scene.passMs(5);
        assertFailed(call.answered(), ErrorCode.AWAY);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldStillBeAnsweredIfNobodyKnowsWhetherItsRequestIsInTheLog() {
        // Given
        echo(scene.node("runner"), Catalogue.TOOL_REQUEST);
        scene.cluster.behave(new Faults(0, 1, 0, 0, 0, 0, 30_000));

        // When
        Call call = asker.bus().request(ASK);

        // Then
        scene.passMs(200);
        assertAnswered(call.durable(), ASK.input());
    }

    // ------------------------------------------------------------------ where to

    @Test
    void shouldPutRequestAndAnswerIntoTheSamePartition() {
        // Given
        echo(scene.node("runner"), Catalogue.TOOL_REQUEST);

        // When
        IntStream.range(0, 12).forEach(_ -> asker.bus().request(ASK));

        // Then
        scene.passMs(100);
        assertThat(partitions(scene.log(Catalogue.TOOL_RESPONSE)))
                .hasSize(12)
                .isEqualTo(partitions(scene.log(Catalogue.TOOL_REQUEST)));
    }

    @Test
    void shouldSpreadAFanOutThatNoRunnerInThisProcessTakes() {
        // When
        IntStream.range(0, 12).forEach(_ -> asker.bus().request(ASK));

        // Then
        scene.passMs(20);
        assertThat(Set.copyOf(partitions(scene.log(Catalogue.TOOL_REQUEST)))).hasSize(4);
    }

    @Test
    void shouldGoWhereARunnerOfTheSameTopicInThisProcessTakesThem() {
        // Given
        Echo local = echo(asker, Scene.GPU);
        Echo remote = echo(scene.node("runner"), Catalogue.TOOL_REQUEST);
        scene.passMs(200);

        // When
        IntStream.range(0, 12).forEach(_ -> {
            asker.bus().request(GPU_ASK);
            asker.bus().request(ASK);
        });

        // Then
        scene.passMs(100);
        assertThat(local.given).hasSize(12).allMatch(delivery -> delivery.lane() == Lane.EAGER);
        assertThat(remote.given).hasSize(12).allMatch(delivery -> delivery.lane() == Lane.LOG);
        assertThat(Set.copyOf(partitions(scene.log(Scene.GPU)))).hasSize(1);
        assertThat(Set.copyOf(partitions(scene.log(Catalogue.TOOL_REQUEST)))).hasSize(4);
    }

    // ------------------------------------------------------------------ await

    @Test
    void shouldAwaitTheAnswerToARequestOfSomebodyElse() {
        // Given
        Call call = asker.bus().request(ASK);
        Scene.Node awaiter = scene.node("awaiter");

        // When
        Call awaited = awaiter.bus().await(call.requestId(), Duration.ofSeconds(1));

        // Then
        scene.passMs(20);
        assertThat(awaited.answered()).isNotDone();
        echo(scene.node("runner"), Catalogue.TOOL_REQUEST);
        assertAnswered(awaited.durable(), ASK.input());
        assertAnswered(call.durable(), ASK.input());
    }

    @Test
    void shouldFindAnAnswerThatIsInTheLogAlready() {
        // Given
        Scene.Node runner = scene.node("runner");
        echo(runner, Catalogue.TOOL_REQUEST);
        Call call = asker.bus().request(ASK);
        scene.passMs(50);
        assertThat(call.durable()).isCompleted();

        // When
        Call awaited = scene.node("awaiter").bus().await(call.requestId(), Duration.ofSeconds(1));

        // Then
        scene.passMs(50);
        assertAnswered(awaited.durable(), ASK.input());
    }

    @Test
    void shouldFindAnAnswerThatCameByBeforeAnybodyAwaitedIt() {
        // Given
        echo(scene.node("runner"), Catalogue.TOOL_REQUEST);
        Scene.Node awaiter = scene.node("awaiter");
        Call before = awaiter.bus().await(asker.bus().request(ASK).requestId(), Duration.ofSeconds(1));
        scene.passMs(50);
        assertThat(before.durable()).isCompleted();
        Call call = requestTo(partitions(scene.log(Catalogue.TOOL_REQUEST)).getFirst());
        scene.passMs(50);

        // When
        Call awaited = awaiter.bus().await(call.requestId(), Duration.ofSeconds(1));

        // Then
        assertAnswered(awaited.durable(), ASK.input());
        assertThat(awaiter.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldFindAnAnswerWhereAnotherCallHasJustBegunToReadThePartition() {
        // Given
        IntStream.range(0, Scene.PARTITIONS)
                .forEach(p -> scene.append(
                        Catalogue.TOOL_RESPONSE,
                        p,
                        idOf(p),
                        Echo.answer(Records.request(Catalogue.TOOL_REQUEST, idOf(p), ASK, Instant.EPOCH))));

        // When
        Call own = asker.bus().request(ASK);
        Call awaited = asker.bus().await(idOf(partition(own.requestId())), Duration.ofSeconds(1));

        // Then
        scene.passMs(50);
        assertAnswered(awaited.durable(), ASK.input());
    }

    /** An id that falls on this partition. */
    private static String idOf(int partition) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> "answered-" + n)
                .filter(id -> partition(id) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Asks until the request falls on this partition. */
    private Call requestTo(int partition) {
        while (true) {
            Call call = asker.bus().request(ASK);
            if (partition(call.requestId()) == partition) {
                return call;
            }
        }
    }

    private static int partition(String id) {
        return Publisher.partition(id.getBytes(StandardCharsets.UTF_8), Scene.PARTITIONS);
    }

    @Test
    void shouldSayThatWhatIsAwaitedDidNotComeInTime() {
        // When
        Call awaited = asker.bus().await("nobody's", Duration.ofMillis(100));

        // Then
        scene.passMs(150);
        assertFailed(awaited.durable(), ErrorCode.DEADLINE);
    }

    @Test
    void shouldAnswerAllWhoAwaitTheSame() {
        // Given
        Call call = asker.bus().request(ASK);
        Call first = asker.bus().await(call.requestId(), Duration.ofSeconds(1));
        Call second = asker.bus().await(call.requestId(), Duration.ofSeconds(1));

        // When
        echo(scene.node("runner"), Catalogue.TOOL_REQUEST);

        // Then
        assertAnswered(call.durable(), ASK.input());
        assertAnswered(first.durable(), ASK.input());
        assertAnswered(second.durable(), ASK.input());
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldKeepToEachDeadlineWhereSeveralAwaitTheSame() {
        // Given
        Call impatient = asker.bus().await("slow", Duration.ofMillis(100));

        // When
        Call patient = asker.bus().await("slow", Duration.ofMillis(300));

        // Then
        scene.passMs(150);
        assertFailed(impatient.durable(), ErrorCode.DEADLINE);
        assertThat(patient.durable()).isNotDone();
        scene.passMs(200);
        assertFailed(patient.durable(), ErrorCode.DEADLINE);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    // ------------------------------------------------------------------ close

    @Test
    void shouldFailAtOnceOnceTheBusIsClosed() {
        // Given
        asker.bus().close();

        // When
        Call call = asker.bus().request(ASK);
        Call awaited = asker.bus().await("another", Duration.ofSeconds(1));

        // Then
        assertFailed(call.answered(), ErrorCode.CLOSED);
        assertFailed(awaited.durable(), ErrorCode.CLOSED);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }

    @Test
    void shouldFailWhatWaitsWhenTheBusIsClosed() {
        // Given
        Call call = asker.bus().request(ASK);
        Call awaited = asker.bus().await("another", Duration.ofSeconds(1));
        scene.passMs(20);

        // When
        asker.bus().close();

        // Then
        assertFailed(call.answered(), ErrorCode.CLOSED);
        assertFailed(call.durable(), ErrorCode.CLOSED);
        assertFailed(awaited.durable(), ErrorCode.CLOSED);
        assertThat(asker.lanes().callsWaiting()).isZero();
    }
}
