package io.breadcrumbs.api.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.operate.FieldCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class TopicDeskTest {

    private static final String TOPIC = Catalogue.TOOL_CANCEL.name();
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final World world = new World();
    private final TopicDesk desk = new TopicDesk(world.brokers, world.process, world.process::execute);
    private final Viewers viewers = new Viewers(world.process, world.process::execute, 100);
    private final OpenStreams permits = new OpenStreams(LimitSettings.USUAL);

    /** A socket that takes as many pieces as it is told to. */
    private static final class Socket implements Subscriber<byte[]> {

        private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");
        private static final Pattern ID = Pattern.compile("(?m)^id: (.*)$");

        final List<String> got = new ArrayList<>();
        boolean ended;

        @Nullable
        Subscription subscription;

        @Override
        public void onSubscribe(Subscription one) {
            subscription = one;
        }

        void room(long frames) {
            Objects.requireNonNull(subscription).request(frames);
        }

        @Override
        public void onNext(byte[] piece) {
            got.addAll(List.of(new String(piece, StandardCharsets.UTF_8).split("(?<=\n\n)")));
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            ended = true;
        }

        /** Keys of the records that came. */
        List<String> keys() {
            return got.stream()
                    .filter(frame -> frame.startsWith("event: record\n"))
                    .map(KEY::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .toList();
        }

        String lastId() {
            Matcher ids = ID.matcher(String.join("", got));
            return ids.results().map(found -> found.group(1)).toList().getLast();
        }
    }

    private static Wanted wanted(String workspace) {
        return new Wanted(TOPIC, workspace, true, List.of(), true, Integer.MAX_VALUE, null);
    }

    private static Wanted behind(Wanted wanted, @Nullable String seen) {
        return new Wanted(
                wanted.topic(), wanted.workspace(), true, wanted.conditions(), wanted.follow(), wanted.most(), seen);
    }

    private Socket open(Wanted wanted, long frames) {
        Socket socket = new Socket();
        Objects.requireNonNull(
                        viewers.open(permits.open(new Caller(wanted.workspace(), "me")), () -> desk.records(wanted))
                                .body())
                .subscribe(socket);
        socket.room(frames);
        world.pass(A_WHILE);
        return socket;
    }

    private Socket open(Wanted wanted) {
        return open(wanted, Long.MAX_VALUE);
    }

    private void assertNothingRemains() {
        world.pass(A_WHILE);
        long polls = world.brokers.polls();
        world.cancels("ours", "late");
        world.pass(A_WHILE);

        assertThat(world.brokers.polls()).as("polls when nobody looks").isEqualTo(polls);
        assertThat(world.brokers.open()).as("readers").isZero();
        assertThat(desk.open()).isZero();
        assertThat(viewers.size()).isZero();
    }

    @Test
    void shouldShowWhatIsThereAndWhatComesOfTheWorkspace() {
        world.cancels("ours", "a", "b");
        world.cancels("theirs", "x");
        Socket socket = open(wanted("ours"));
        world.cancels("theirs", "y");
        world.cancels("ours", "c");
        world.pass(A_WHILE);

        assertThat(socket.got.getFirst()).isEqualTo("retry: 1000\n\n");
        assertThat(socket.got.get(1)).contains("event: connected", "\"topic\":\"" + TOPIC + "\"");
        assertThat(socket.keys()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(String.join("", socket.got)).doesNotContain("theirs");
        assertThat(socket.ended).isFalse();
    }

    @Test
    void shouldShowWhatNamesNoWorkspaceToTheUsualOneOnly() {
        world.append(Catalogue.TOOL_CANCEL, "tombstone", null);
        world.append(Catalogue.TOOL_CANCEL, "nonsense", World.nonsense());

        assertThat(open(wanted("default")).keys()).containsExactlyInAnyOrder("tombstone", "nonsense");
        assertThat(open(wanted("ours")).keys()).isEmpty();
    }

    @Test
    void shouldBeginAtTheEndUnlessToldOtherwise() {
        world.cancels("ours", "before");
        Socket socket = open(new Wanted(TOPIC, "ours", false, List.of(), true, Integer.MAX_VALUE, null));
        world.cancels("ours", "after");
        world.pass(A_WHILE);

        assertThat(socket.keys()).containsExactly("after");
    }

    @Test
    void shouldEndWhereTheTopicEndedOrAfterSoMany() {
        world.cancels("ours", "a", "b", "c");
        Socket all = open(new Wanted(TOPIC, "ours", true, List.of(), false, Integer.MAX_VALUE, null));
        Socket two = open(new Wanted(TOPIC, "ours", true, List.of(), true, 2, null));
        Socket none = open(new Wanted(TOPIC, "ours", false, List.of(), false, Integer.MAX_VALUE, null));

        assertThat(all.keys()).hasSize(3);
        assertThat(all.got.getLast()).contains("event: end", "{\"records\":3}");
        assertThat(two.keys()).hasSize(2);
        assertThat(none.got.getLast()).contains("{\"records\":0}");
        assertThat(List.of(all.ended, two.ended, none.ended)).containsOnly(true);
        assertNothingRemains();
    }

    @Test
    void shouldShowOnlyWhatMeetsTheConditions() {
        world.cancels("ours", "a", "b");
        List<FieldCondition> conditions = Wanted.conditions(TOPIC, List.of("reason=b", "meta.workspace=ours"));

        Socket socket = open(new Wanted(TOPIC, "ours", true, conditions, true, Integer.MAX_VALUE, null));

        assertThat(socket.keys()).containsExactly("b");
        assertThatThrownBy(() -> Wanted.conditions(TOPIC, List.of("nothing=b")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("where: no field nothing; ToolCancel has meta, ");
        assertThatThrownBy(() -> Wanted.conditions(TOPIC, List.of("=b")))
                .hasMessageContaining("where: expected field=value, got '=b'");
    }

    @Test
    void shouldGoOnWithoutGapOrRepeatWhereverItWasCutOff() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            world.cancels(i % 2 == 0 ? "ours" : "theirs", "r" + i);
            if (i % 2 == 0) {
                keys.add("r" + i);
            }
        }
        List<String> seen = new ArrayList<>();
        String id = null;
        for (int frames = 2; seen.size() < keys.size(); frames = 2 + frames % 7) {
            Socket socket = open(behind(wanted("ours"), id), frames);
            Objects.requireNonNull(socket.subscription).cancel();
            seen.addAll(socket.keys());
            id = socket.lastId();
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(open(behind(wanted("ours"), id)).keys()).isEmpty();
        assertThatThrownBy(() -> desk.records(behind(wanted("ours"), "nonsense")))
                .hasMessageContaining("Last-Event-ID: expected the id of an event");
    }

    @Test
    void shouldTellWhoWantsLittleHowFarItIs() {
        for (int i = 0; i < 2_500; i++) {
            world.cancels("theirs", "x");
        }
        Socket socket = open(wanted("ours"));
        String id = socket.lastId();
        world.cancels("ours", "a");

        assertThat(socket.got.stream().filter(frame -> frame.startsWith("id: ")))
                .hasSize(2);
        long polls = world.brokers.polls();
        assertThat(open(behind(wanted("ours"), id)).keys()).containsExactly("a");
        assertThat(world.brokers.polls() - polls)
                .as("without the first thousands")
                .isLessThan(300);
    }

    @Test
    void shouldReadNoFurtherThanTheSocketTakes() {
        for (int i = 0; i < 1_000; i++) {
            world.cancels("ours", "r" + i);
        }
        Socket slow = open(wanted("ours"), 3);

        assertThat(slow.keys()).hasSizeBetween(2, 40);
        assertThat(world.brokers.polls()).isLessThan(8);

        world.pass(Duration.ofSeconds(70));
        assertThat(slow.ended).as("cut off").isTrue();
        assertNothingRemains();
    }

    @Test
    void shouldGiveASignOfLifeWhileNothingComesAndAskSeldom() {
        Socket socket = open(wanted("ours"));
        world.pass(Duration.ofSeconds(50));

        assertThat(socket.got.stream().filter(frame -> frame.startsWith(":"))).hasSize(3);
        assertThat(world.brokers.polls()).isBetween(200L, 300L);
    }

    @Test
    void shouldLeaveNothingBehindWhenItsViewerGoes() {
        world.cancels("ours", "a");
        Socket socket = open(wanted("ours"));
        assertThat(world.brokers.open()).isEqualTo(1);

        Objects.requireNonNull(socket.subscription).cancel();

        assertNothingRemains();
        assertThat(socket.keys()).containsExactly("a");
    }

    @Test
    void shouldBoundHowManyReadAtOnceAndGiveThePlacesBack() {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < TopicDesk.STREAMS; i++) {
            sockets.add(open(wanted("ours")));
        }
        assertThatThrownBy(() -> open(wanted("ours")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("this instance reads 20 topics");

        Objects.requireNonNull(sockets.getFirst().subscription).cancel();
        world.pass(A_WHILE);

        assertThat(open(wanted("ours")).got).isNotEmpty();
        viewers.close();
        assertNothingRemains();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.v1",
                "access.key.v1",
                "secret.v1",
                "secret.use.v1",
                "blob.v1",
                "dead.letter.v1",
                "_schemas"
            })
    void shouldServeNoTopicThatIsNotThereOrNobodysToRead(String topic) {
        Wanted wanted = new Wanted(topic, "default", true, List.of(), true, Integer.MAX_VALUE, null);

        assertThatThrownBy(() -> desk.records(wanted))
                .isInstanceOf(ProblemException.class)
                .hasMessageMatching("no topic '" + topic + "'; there are breadcrumb.command.v1, .*workflow.event.v1")
                .hasMessageNotContaining("secret.v1,");
        assertThat(desk.open()).isZero();
    }

    @Test
    void shouldSayThatTheBrokersAreAwayAndGiveThePlaceBack() {
        world.brokers.away(true);

        for (int i = 0; i < 2 * TopicDesk.STREAMS; i++) {
            assertThatThrownBy(() -> open(wanted("ours"))).isInstanceOf(BusException.class);
        }
        assertThatThrownBy(desk::all).isInstanceOf(BusException.class);

        world.brokers.away(false);
        assertThat(open(wanted("ours")).got).isNotEmpty();
        assertThat(desk.all().get("items").findValuesAsText("topic")).contains(TOPIC);
    }
}
