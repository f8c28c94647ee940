package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EarlyAnswersTest {

    private final EarlyAnswers early = new EarlyAnswers(3, 100);

    @Test
    void shouldKeepTheNewestUpToTheirNumber() {
        // When
        for (int i = 1; i <= 4; i++) {
            early.keep(answer("r" + i, 1));
        }

        // Then
        assertThat(early.of("r1")).isNull();
        assertThat(early.of("r2")).isNotNull();
        assertThat(early.of("r4")).isNotNull();
    }

    @Test
    void shouldKeepTheNewestUpToTheirSize() {
        // When
        early.keep(answer("r1", 60));
        early.keep(answer("r2", 60));

        // Then
        assertThat(early.of("r1")).isNull();
        assertThat(early.of("r2")).isNotNull();
    }

    @Test
    void shouldKeepNothingThatIsTooLargeAlone() {
        // When
        early.keep(answer("r1", 101));
        early.keep(answer("r2", 100));

        // Then
        assertThat(early.of("r1")).isNull();
        assertThat(early.of("r2")).isNotNull();
    }

    @Test
    void shouldCountAnAnswerThatComesAgainOnce() {
        // When
        early.keep(answer("r1", 60));
        early.keep(answer("r1", 60));
        early.keep(answer("r2", 40));

        // Then
        assertThat(early.of("r1")).isNotNull();
        assertThat(early.of("r2")).isNotNull();
    }

    private static ToolResponse answer(String requestId, int chars) {
        return ToolResponse.newBuilder()
                .setMeta(Records.meta(Catalogue.TOOL_RESPONSE, requestId, Instant.EPOCH, "test"))
                .setRequestId(requestId)
                .setOutput("x".repeat(chars))
                .build();
    }
}
