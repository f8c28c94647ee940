package io.breadcrumbs.api.runs.view;

import static io.breadcrumbs.api.runs.view.Chronicle.ENDED;
import static io.breadcrumbs.api.runs.view.Chronicle.IGNORED;
import static io.breadcrumbs.api.runs.view.Chronicle.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedViewTest {

    private final Chronicle log = new Chronicle();

    @TempDir
    private Path folder;

    private RunView open(String name) throws IOException {
        RunView view = new RunView(log.bus, log.process, log.process::execute, folder.resolve(name));
        log.pass();
        return view;
    }

    private Path file() {
        return folder.resolve("a").resolve("runs");
    }

    private boolean holds(Chronicle other, Instant now) throws IOException {
        var holds = SavedView.read(file()).marks().holds(other.bus, now);
        other.pass();
        return holds.join();
    }

    private static List<String> shown(RunView view) {
        return view.page("default", _ -> true, null, 1_000).stream()
                .map(line -> line.summary() + " " + line.parent() + " " + line.rejected() + " " + line.events() + " "
                        + line.places(0, 1_000) + " " + line.start())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldShowTheSameHoweverOftenItBeginsAgain(long seed) throws IOException {
        Random random = new Random(seed);
        int[] events = new int[6];
        RunView always = open("always");
        RunView again = open("a");
        String owner = "engine-1";
        for (int step = 0; step < 60; step++) {
            int number = random.nextInt(events.length);
            String run = "run-" + number;
            switch (random.nextInt(9)) {
                case 0 -> {
                    owner = "engine-" + (2 + step);
                    log.takeOver(owner);
                }
                case 1 -> new Runs(log.bus, "me").start(Start.of("accepted-" + step, "[]", "{}"));
                case 2 -> log.decided("no-" + step, owner, 0, new Event.Rejected("NO_STEPS", "it has none"));
                case 3 -> log.decided(run, "nobody", events[number], STARTED); // does not count
                case 4 -> {
                    if (events[number] > 0) {
                        log.decided(run, owner, events[number], new Event.Deleted("me"));
                        events[number] = 0;
                    }
                }
                case 5 -> {
                    again.close();
                    again = open("a");
                }
                default -> {
                    log.decided(run, owner, events[number], events[number] == 0 ? STARTED : IGNORED, IGNORED);
                    events[number] += 2;
                }
            }
            log.pass();
            assertThat(again.missing()).isNull();
            assertThat(shown(again)).as("step %d", step).isEqualTo(shown(always));
        }
        again.close();
        always.close();
    }

    @Test
    void shouldBeginWhereTheLogHasWhatWasReadLast() throws IOException {
        log.decided("r", "engine-1", 0, STARTED);
        new Runs(log.bus, "me").start(Start.of("other", "[]", "{}"));
        log.pass();
        open("a").close();

        assertThat(SavedView.read(file()).lines()).hasSize(2);
        assertThat(holds(log, log.process.now())).isTrue();
    }

    @Test
    void shouldReadAllOfAnotherLog() throws IOException {
        log.decided("r", "engine-1", 0, STARTED);
        open("a").close();
        Chronicle other = new Chronicle();

        assertThat(holds(other, log.process.now())).isFalse();
        other.decided("s", "engine-1", 0, STARTED);
        other.decided("r", "engine-1", 0, STARTED, ENDED);
        assertThat(holds(other, log.process.now())).isFalse();
    }

    @Test
    void shouldReadAllAfterTheTombstonesMayBeGone() throws IOException {
        log.decided("r", "engine-1", 0, STARTED);
        open("a").close();

        assertThat(holds(log, log.process.now().plus(Duration.ofDays(6)))).isTrue();
        assertThat(holds(log, log.process.now().plus(Duration.ofDays(7)))).isFalse();
    }

    @Test
    void shouldReadAllIfTheFileIsDamaged() throws IOException {
        log.decided("r", "engine-1", 0, STARTED);
        open("a").close();
        byte[] bytes = Files.readAllBytes(file());
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x10;
            Files.write(file(), damaged);

            try (RunView view = open("a")) {
                assertThat(view.missing()).isNull();
                assertThat(view.page("default", _ -> true, null, 10)).hasSize(1);
            }
        }
    }
}
