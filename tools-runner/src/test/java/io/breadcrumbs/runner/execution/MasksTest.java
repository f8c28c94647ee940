package io.breadcrumbs.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.intake.Outcome;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    private static final String SECRET = "p\"ss wörd/1";

    private final Masks masks = new Masks();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a p"ss wörd/1 b       | a *** b
            {"x":"p\\"ss wörd/1"} | {"x":"***"}
            q=p%22ss+w%C3%B6rd%2F1| q=***
            cCJzcyB3w7ZyZC8x      | ***
            nothing               | nothing
            """)
    void shouldTakeOutASecretInItsUsualForms(String text, String masked) {
        masks.add(SECRET);

        assertThat(masks.of(text)).isEqualTo(masked);
        assertThat(masks.in(text)).isEqualTo(!text.equals(masked));
    }

    @Test
    void shouldLeaveNothingOfALongerOne() {
        masks.add("abcdef");
        masks.add("abcdefgh");

        assertThat(masks.of("abcdefgh abcdef")).isEqualTo("*** ***");
    }

    @Test
    void shouldAnswerADocumentAllTheSame() {
        masks.add("12345678");

        assertThat(masks.of(new Outcome.Success("{\"n\":12345678}"))).isEqualTo(new Outcome.Success("\"***\""));
        assertThat(masks.of(new Outcome.Success("{\"n\":\"12345678\"}")))
                .isEqualTo(new Outcome.Success("{\"n\":\"***\"}"));
        assertThat(masks.of(new Outcome.Success("{\"n\":1}"))).isEqualTo(new Outcome.Success("{\"n\":1}"));
    }

    @Test
    void shouldMaskErrors() {
        masks.add("12345678");
        Outcome failed = new Outcome.Failure(
                ToolFailure.of(ErrorKind.RUNTIME, "X12345678", "bad 12345678").toError());

        assertThat(masks.of(failed).toString()).contains("bad ***", "X***").doesNotContain("12345678");
    }

    @Test
    void shouldDoNothingWithoutSecrets() {
        assertThat(masks.any()).isFalse();
        assertThat(masks.of("a")).isEqualTo("a");
    }
}
