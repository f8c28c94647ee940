package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.OtherHeader;
import io.breadcrumbs.sdk.log.Partition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Scene scene = new Scene();
    private final Scene.Node runner = scene.node("runner");
    private final Echo echo = new Echo(runner);

    @BeforeEach
    void subscribe() {
        runner.bus().subscribe(Group.of("runners", Catalogue.TOOL_REQUEST), echo);
        scene.passMs(50);
    }

    /** The one dead letter there is. */
    private DeadLetter buried() {
        scene.passMs(50);
        assertThat(scene.log(Catalogue.DEAD_LETTER)).hasSize(1);
        return Scene.decode(
                Catalogue.DEAD_LETTER, scene.log(Catalogue.DEAD_LETTER).getFirst());
    }

    private static byte[] nonsense(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 9);
        return bytes;
    }

    @Test
    void shouldBuryWhatCannotBeDecodedAndGoOn() {
        // Given
        scene.append(Catalogue.TOOL_REQUEST, 0, "broken", nonsense(3));

        // When
        scene.append(
                Catalogue.TOOL_REQUEST,
                0,
                "sound",
                Records.request(Catalogue.TOOL_REQUEST, "sound", Ask.of("echo", "{}"), Instant.EPOCH));

        // Then
        DeadLetter letter = buried();
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap("broken".getBytes(StandardCharsets.UTF_8)));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(nonsense(3)));
        assertThat(letter.getOffset()).isZero();
        assertThat(letter.getMessage()).contains("a zero byte and a schema id were expected");
        assertThat(echo.ids()).containsExactly("sound");
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldBuryWithoutItsValueWhatIsTooLargeForADeadLetter() {
        // When
        scene.append(Catalogue.TOOL_REQUEST, 0, "broken", nonsense(1_000_000));

        // Then
        DeadLetter letter = buried();
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getMessage()).endsWith("; its 1000000 bytes are left where they are");
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldBuryARecordWithItsHeaders() {
        // When
        scene.append(broken(
                new Headers("elsewhere-1", 7, "00-trace"),
                List.of(new OtherHeader("x", new byte[] {1, 2}), new OtherHeader("x", null))));

        // Then
        DeadLetter letter = buried();
        assertThat(letter.getHeaders())
                .containsExactly(
                        new Header("origin", text("elsewhere-1")),
                        new Header("seq", text("7")),
                        new Header("traceparent", text("00-trace")),
                        new Header("x", ByteBuffer.wrap(new byte[] {1, 2})),
                        new Header("x", null));
    }

    @Test
    void shouldBuryWithoutItsHeadersWhatHasTooMany() {
        // When
        scene.append(broken(Headers.NONE, List.of(new OtherHeader("large", nonsense(100_000)))));

        // Then
        DeadLetter letter = buried();
        assertThat(letter.getHeaders()).isEmpty();
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(nonsense(3)));
        assertThat(letter.getMessage()).endsWith("; its 1 headers are left there");
    }

    private static LogRecord broken(Headers headers, List<OtherHeader> others) {
        Partition partition = new Partition(Catalogue.TOOL_REQUEST.name(), 0);
        return new LogRecord(partition, "k".getBytes(StandardCharsets.UTF_8), nonsense(3), headers, others);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldBuryWhatHasALongReason() {
        // When
        scene.append(
                Catalogue.TOOL_REQUEST,
                0,
                "broken",
                ToolRequest.newBuilder(
                                Records.request(Catalogue.TOOL_REQUEST, "r", Ask.of("echo", "{}"), Instant.EPOCH))
                        .setBlob("x".repeat(900_000))
                        .build());

        // Then
        assertThat(buried().getMessage()).startsWith("blob: expected ").hasSizeLessThan(3_000);
        assertThat(runner.bus().openRecords()).isZero();
    }

    @Test
    void shouldTakeATombstoneAsDone() {
        // When
        scene.append(Catalogue.TOOL_REQUEST, 0, "gone", (byte[]) null);

        // Then
        scene.passMs(50);
        assertThat(echo.given).isEmpty();
        assertThat(scene.log(Catalogue.DEAD_LETTER)).isEmpty();
        assertThat(runner.bus().openRecords()).isZero();
    }
}
