package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormerAnswersTest {

    private static final Group<ToolRequest> SILENT = Group.of("runners", Catalogue.TOOL_REQUEST);
    private static final Group<ToolRequest> ANSWERED = SILENT.answeredBy(
            new Answers<>(Catalogue.TOOL_RESPONSE, ToolRequest::getRequestId, ToolResponse::getRequestId));

    private final Scene scene = new Scene();
    private final Scene.Node first = scene.node("first", committingEvery(Duration.ofSeconds(1)));
    private final Scene.Node second = scene.node("second", committingEvery(Duration.ofSeconds(1)));
    private final Echo killed = new Echo(first);
    private final Echo successor = new Echo(second);

    private static Limits committingEvery(Duration time) {
        return new Limits(24 << 20, 20_000, 1_000_000, 512 << 10, time);
    }

    /** The first owner has committed, then answers these, and is killed before it commits again. */
    private void answerAndDie(Group<ToolRequest> group, String... ids) {
        first.bus().subscribe(group, killed);
        scene.passMs(1_200);
        for (String id : ids) {
            append(id);
        }
        while (scene.log(Catalogue.TOOL_RESPONSE).size() < ids.length) {
            assertThat(scene.scheduler.step(Long.MAX_VALUE)).isTrue();
        }
        assertThat(killed.ids()).containsExactlyInAnyOrder(ids);
        first.process().kill();
    }

    private void append(String id) {
        scene.append(
                Catalogue.TOOL_REQUEST,
                0,
                id,
                Records.request(Catalogue.TOOL_REQUEST, id, Ask.of("echo", "{}"), Instant.EPOCH));
    }

    private void takeOver(Group<ToolRequest> group) {
        second.bus().subscribe(group, successor);
        scene.passMs(500);
    }

    @Test
    void shouldNotBeGivenWhatTheFormerOwnerAnswered() {
        // Given
        answerAndDie(ANSWERED, "a", "b");

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(successor.given).isEmpty();
        assertThat(second.bus().openRecords()).isZero();
    }

    @Test
    void shouldNotBeGivenWhatWasAnsweredBeforeACommitWasDue() {
        // Given
        append("a");
        append("b");
        first.bus().subscribe(ANSWERED, killed);
        while (scene.log(Catalogue.TOOL_RESPONSE).size() < 2) {
            assertThat(scene.scheduler.step(Long.MAX_VALUE)).isTrue();
        }
        first.process().kill();

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(killed.ids()).containsExactly("a", "b");
        assertThat(successor.given).isEmpty();
    }

    @Test
    void shouldNotBeGivenWhatAFirstOwnerAnsweredThatHadNoRoomFromItsBeginning() {
        // Given
        append("a");
        append("b");
        List<Delivery<ToolRequest>> taken = new ArrayList<>();
        first.bus().subscribe(ANSWERED, delivery -> taken.isEmpty() && taken.add(delivery));
        scene.passMs(1_500);
        assertThat(taken).hasSize(1);
        killed.offer(taken.getFirst());
        while (scene.log(Catalogue.TOOL_RESPONSE).isEmpty()) {
            assertThat(scene.scheduler.step(Long.MAX_VALUE)).isTrue();
        }
        first.process().kill();

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(successor.ids()).containsExactly("b");
    }

    @Test
    void shouldNotRepeatWhatWasDoneEagerlyBeforeItWasPolledWhenThePartitionGoes() {
        // Given: a group that knows of no answers, so that only what is done counts
        first.bus().subscribe(SILENT, killed);
        scene.passMs(1_200);

        // When
        second.bus().subscribe(SILENT, successor);
        for (int i = 0; i < 200; i++) {
            String id = "eager" + i;
            ToolRequest request = Records.request(Catalogue.TOOL_REQUEST, id, Ask.of("echo", "{}"), Instant.EPOCH);
            first.bus().publish(Catalogue.TOOL_REQUEST, id, request);
            scene.scheduler.run(Duration.ofNanos(500_000));
        }
        scene.passMs(2_000);

        // Then
        assertThat(killed.given).anyMatch(delivery -> delivery.lane() == Lane.EAGER);
        assertThat(successor.given).isNotEmpty();
        assertThat(killed.given.size() + successor.given.size()).isEqualTo(200);
    }

    @Test
    void shouldBeGivenItAgainWhereNobodySaysHowItIsAnswered() {
        // Given
        answerAndDie(SILENT, "a", "b");

        // When
        takeOver(SILENT);

        // Then
        assertThat(successor.ids()).containsExactly("a", "b");
    }

    @Test
    void shouldBeGivenWhatTheFormerOwnerDidNotAnswer() {
        // Given
        answerAndDie(ANSWERED, "a");
        append("b");

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(successor.ids()).containsExactly("b");
    }

    @Test
    void shouldBeGivenWhatIsAskedAgainAfterTheTakeover() {
        // Given
        answerAndDie(ANSWERED, "a");
        takeOver(ANSWERED);

        // When
        append("a");

        // Then
        scene.passMs(50);
        assertThat(successor.ids()).containsExactly("a");
    }

    @Test
    void shouldCommitWhatItWasNotGiven() {
        // Given
        answerAndDie(ANSWERED, "a", "b");

        // When
        takeOver(ANSWERED);

        // Then
        scene.passMs(1_000);
        Commit commit =
                scene.cluster.group(ANSWERED.name()).committed().get(new Partition(Catalogue.TOOL_REQUEST.name(), 0));
        assertThat(commit).isNotNull().extracting(Commit::offset).isEqualTo(2L);
    }

    @Test
    void shouldPassOverAnswersThatCannotBeDecoded() {
        // Given
        answerAndDie(ANSWERED, "a");
        scene.append(Catalogue.TOOL_RESPONSE, 0, "broken", new byte[] {9, 9, 9});
        append("b");

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(successor.ids()).containsExactly("b");
    }

    @Test
    void shouldReadAllThatWasAnsweredSince() {
        // Given
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add("r" + i);
        }
        answerAndDie(ANSWERED, many.toArray(String[]::new));

        // When
        takeOver(ANSWERED);

        // Then
        assertThat(successor.given).isEmpty();
    }
}
