package io.breadcrumbs.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintTest {

    private static final long STEP_MS = 50;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // the clock may wrap round
    private final Complaint complaint = new Complaint("bus-1", nanos::get);

    @Test
    void shouldSayNothingOfAStartThatNeedsAMoment() {
        assertThat(askedFor(Duration.ofMillis(4_900), List.of("a"))).isEmpty();
        assertThat(complaint.ready()).hasValue("bus bus-1 is ready after 4.9 s");
    }

    @Test
    void shouldSayWhatIsMissingAfterFiveSecondsAndThenMoreAndMoreRarely() {
        List<String> said = askedFor(Duration.ofMinutes(5), List.of("the broker", "topic x"));

        assertThat(said)
                .containsExactly(
                        "bus bus-1 is not ready after 5.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 10.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 20.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 40.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 80.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 140.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 200.0 s and keeps trying; missing: the broker; topic x",
                        "bus bus-1 is not ready after 260.0 s and keeps trying; missing: the broker; topic x");
    }

    @Test
    void shouldNotSpeakMoreOftenBecauseTheReasonChanges() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            said.addAll(askedFor(Duration.ofMillis(STEP_MS), List.of("reason " + i)));
        }

        assertThat(said).hasSize(2); // 11 s have gone
    }

    @Test
    void shouldNameThreeAndCountTheRest() {
        assertThat(askedFor(Duration.ofSeconds(5), List.of("a", "b", "c", "d", "e")))
                .singleElement()
                .asString()
                .endsWith("missing: a; b; c; and 2 more");
    }

    @Test
    void shouldBeginAnewWhenSomethingIsMissingLater() {
        askedFor(Duration.ofMinutes(2), List.of("a"));
        complaint.ready();

        assertThat(complaint.ready()).isEmpty();
        assertThat(complaint.missing(List.of("b"))).isEmpty();
        assertThat(askedFor(Duration.ofSeconds(6), List.of("b")))
                .containsExactly("bus bus-1 is not ready after 5.0 s and keeps trying; missing: b");
    }

    /** What is said when it is asked again and again for so long. */
    private List<String> askedFor(Duration time, List<String> faults) {
        List<String> said = new ArrayList<>();
        for (long ms = STEP_MS; ms <= time.toMillis(); ms += STEP_MS) {
            nanos.addAndGet(Duration.ofMillis(STEP_MS).toNanos());
            complaint.missing(faults).ifPresent(said::add);
        }
        return said;
    }
}
