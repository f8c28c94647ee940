package io.breadcrumbs.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.workflow.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }

    @Test
    void shouldPutAnEventIntoOneLineOfDataWhateverItSays() {
        assertThat(text(Frame.event("said", "7", Json.of("a\nb\r\ndata: no ü"))))
                .isEqualTo("event: said\nid: 7\ndata: \"a\\nb\\r\\ndata: no ü\"\n\n");
    }

    @Test
    void shouldLeaveOutAnIdFromWhichNobodyCanGoOn() {
        assertThat(text(Frame.event("connected", null, Json.of(1)))).isEqualTo("event: connected\ndata: 1\n\n");
    }

    @Test
    void shouldTellHowSoonToComeBack() {
        assertThat(text(Frame.comeBackAfter(Duration.ofSeconds(2)))).isEqualTo("retry: 2000\n\n");
    }

    @Test
    void shouldWriteNeighboursTogetherAndNothingTwice() {
        List<byte[]> frames = IntStream.range(0, 2_000)
                .mapToObj(i -> Frame.event("said", String.valueOf(i), Json.of("x".repeat(i % 40 == 7 ? 20_000 : 5))))
                .toList();

        List<byte[]> pieces = Frame.together(frames);

        assertThat(pieces.stream().map(FrameTest::text).collect(Collectors.joining()))
                .isEqualTo(frames.stream().map(FrameTest::text).collect(Collectors.joining()));
        assertThat(pieces).hasSizeLessThan(200).allMatch(piece -> piece.length < 40_000);
    }
}
