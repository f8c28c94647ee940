package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Group;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
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
