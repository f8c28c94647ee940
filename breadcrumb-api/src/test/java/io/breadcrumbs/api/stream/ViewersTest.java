package io.breadcrumbs.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class ViewersTest {

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("api");
    private final Viewers viewers = new Viewers(process, process::execute, 3);
    private final OpenStreams permits = new OpenStreams(LimitSettings.USUAL.withStreams(2));
    private final Letters letters = new Letters();

    /** Gives what a test has put in. */
    private static final class Letters implements Source {

        final Deque<String> there = new ArrayDeque<>();
        final List<Runnable> watchers = new ArrayList<>();
        boolean ends;
        boolean fails;
        boolean unwatchable;
        int taken;

        @Override
        public Next next() {
            if (fails) {
                throw new IllegalStateException("as the test wants it");
            }
            if (there.isEmpty()) {
                return ends ? new Next.End() : new Next.Nothing();
            }
            taken++;
            return new Next.Frames(List.of(there.removeFirst().getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Runnable whenThereIsMore(Runnable wake) {
            if (unwatchable) {
                throw new IllegalStateException("nobody may watch");
            }
            watchers.add(wake);
            return () -> watchers.remove(wake);
        }

        void put(String letter) {
            there.add(letter);
            List.copyOf(watchers).forEach(Runnable::run);
        }
    }

    /** A socket with as much room as a test gives it. */
    private static final class Socket implements Subscriber<byte[]> {

        final List<String> got = new ArrayList<>();
        boolean ended;

        @Nullable
        Subscription subscription;

        @Override
        public void onSubscribe(Subscription one) {
            subscription = one;
        }

        void room(int frames) {
            Objects.requireNonNull(subscription).request(frames);
        }

        void leave() {
            Objects.requireNonNull(subscription).cancel();
        }

        @Override
        public void onNext(byte[] frame) {
            assertThat(ended).isFalse();
            got.add(new String(frame, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            assertThat(ended).isFalse();
            ended = true;
        }
    }

    private Socket open(String caller) {
        return open(caller, letters);
    }

    private Socket open(String caller, Letters letters) {
        Socket socket = new Socket();
        Publisher<byte[]> stream =
                Objects.requireNonNull(viewers.open(permits.open(new Caller("default", caller)), () -> letters)
                        .body());
        stream.subscribe(socket);
        return socket;
    }

    private void pass(Duration time) {
        scheduler.run(time);
    }

    @Test
    void shouldSendWhatIsThereAndThenWhatComes() {
        letters.put("a");
        Socket socket = open("me");
        socket.room(10);
        pass(Duration.ofMillis(10));
        letters.put("b");
        pass(Duration.ofMillis(10));

        assertThat(socket.got).containsExactly("a", "b");
        assertThat(socket.ended).isFalse();
    }

    @Test
    void shouldTakeNoMoreThanTheSocketHasRoomFor() {
        for (int i = 0; i < 100; i++) {
            letters.put("x");
        }
        Socket socket = open("me");
        socket.room(3);
        pass(Duration.ofMillis(10));

        assertThat(socket.got).hasSize(3);
        assertThat(letters.taken).isEqualTo(4); // one waits for room

        socket.room(Integer.MAX_VALUE);
        pass(Duration.ofMillis(10));

        assertThat(socket.got).hasSize(100);
    }

    @Test
    void shouldEndAfterTheLast() {
        letters.put("a");
        letters.ends = true;
        Socket socket = open("me");
        socket.room(10);
        pass(Duration.ofMillis(10));

        assertThat(socket.got).containsExactly("a");
        assertThat(socket.ended).isTrue();
        assertThat(viewers.size()).isZero();
        assertThat(letters.watchers).isEmpty();
    }

    @Test
    void shouldGiveASignOfLifeWhileNothingComes() {
        Socket socket = open("me");
        socket.room(10);
        pass(Duration.ofSeconds(50));

        assertThat(socket.got).hasSize(3).allMatch(frame -> frame.startsWith(":"));
    }

    @Test
    void shouldCutOffWhoTakesNothingOfWhatIsThere() {
        letters.put("a");
        letters.put("b");
        Socket slow = open("me");
        slow.room(1);
        Socket idle = open("you", new Letters());
        idle.room(10);
        pass(Duration.ofSeconds(70));

        assertThat(slow.got).containsExactly("a");
        assertThat(slow.ended).isTrue();
        assertThat(idle.ended).isFalse();
        assertThat(viewers.size()).isEqualTo(1);
    }

    @Test
    void shouldForgetWhoLeaves() {
        Socket socket = open("me");
        socket.room(10);
        pass(Duration.ofMillis(10));
        socket.leave();
        letters.put("a");
        pass(Duration.ofMinutes(1));

        assertThat(socket.got).isEmpty();
        assertThat(viewers.size()).isZero();
        assertThat(letters.watchers).isEmpty();
        assertThat(letters.there).hasSize(1);
    }

    @Test
    void shouldForgetWhoNeverCameForIt() {
        viewers.open(permits.open(new Caller("default", "me")), () -> letters);
        pass(Duration.ofSeconds(70));

        assertThat(viewers.size()).isZero();
        assertThat(letters.watchers).isEmpty();
    }

    @Test
    void shouldEndAStreamWhoseSourceFails() {
        letters.fails = true;
        Socket socket = open("me");
        socket.room(10);
        pass(Duration.ofMillis(10));

        assertThat(socket.ended).isTrue();
        assertThat(viewers.size()).isZero();
    }

    @Test
    void shouldBoundHowManyThereAre() {
        open("me");
        Socket second = open("me");
        assertThatThrownBy(() -> open("me"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("open streams of me");
        open("you");
        assertThatThrownBy(() -> open("they"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("this instance");

        second.leave();

        open("they");
        assertThat(viewers.size()).isEqualTo(3);
    }

    @Test
    void shouldGiveThePlaceBackWhereThereIsNothingToWatch() {
        // Given
        open("me");
        Letters broken = new Letters();
        broken.unwatchable = true;

        // When
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> viewers.open(permits.open(new Caller("default", "me")), () -> {
                        throw new IllegalArgumentException("no such place");
                    }))
                    .hasMessage("no such place");
            assertThatThrownBy(() -> open("me", broken)).hasMessage("nobody may watch");
        }

        // Then
        assertThat(viewers.size()).isEqualTo(1);
        open("me");
        assertThat(viewers.size()).isEqualTo(2);
    }

    @Test
    void shouldEndAllWhenItIsClosed() {
        Socket socket = open("me");
        socket.room(1);
        viewers.close();
        pass(Duration.ofMillis(10));

        assertThat(socket.ended).isTrue();
        assertThat(viewers.size()).isZero();
    }
}
