package io.breadcrumbs.runner.provider.mcp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static EventStream stream(String text, int bytesAtMost) {
        return new EventStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), bytesAtMost, "before", SECOND);
    }

    private static List<String> all(EventStream stream) throws IOException {
        List<String> all = new ArrayList<>();
        for (String data = stream.next(); data != null; data = stream.next()) {
            all.add(data);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void shouldReadMessages(String end) throws IOException {
        EventStream stream = stream(
                String.join(end, "data: one", "", ": a comment", "event: message", "data:two", "data:  three", "", ""),
                100);

        assertThat(all(stream)).containsExactly("one", "two\n three");
    }

    @Test
    void shouldPassOverWhatIsNoMessage() throws IOException {
        EventStream stream = stream("event: ping\ndata: x\n\ndata\n\nwhat: y\n\ndata: ü\n\ndata: cut off", 100);

        assertThat(all(stream)).containsExactly("ü");
    }

    @Test
    void shouldRememberWhereToGoOn() throws IOException {
        EventStream stream = stream("id: 7\nretry: 250\ndata:\n\n", 100);

        assertThat(stream.lastId()).isEqualTo("before");
        assertThat(all(stream)).isEmpty();
        assertThat(stream.lastId()).isEqualTo("7");
        assertThat(stream.pause()).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({"0, 50", "999999999, 30000", "x, 1000", "9999999999, 1000"})
    void shouldPauseWithinReason(String asked, long expectedMs) throws IOException {
        EventStream stream = stream("retry: " + asked + "\n\n", 100);

        all(stream);

        assertThat(stream.pause()).hasMillis(expectedMs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 12345678901", "data: 123456\ndata: 123456\n\n"})
    void shouldReadNoMoreThanAllowed(String text) {
        assertThatExceptionOfType(ChannelException.class)
                .isThrownBy(() -> all(stream(text, 11)))
                .withMessageContaining("at most 11 bytes");
    }
}
