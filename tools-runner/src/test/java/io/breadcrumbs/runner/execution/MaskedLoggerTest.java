package io.breadcrumbs.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class MaskedLoggerTest {

    private static final String SECRET = "hunter2";

    private final Masks masks = new Masks();
    private final Kept kept = new Kept();
    private final Logger log = new MaskedLogger(kept, masks);

    @BeforeEach
    void give() {
        masks.add(SECRET);
    }

    @Test
    void shouldTakeSecretsOutOfLinesAndTheirArguments() {
        log.info("with {} and {}", SECRET, List.of(SECRET));

        assertThat(kept.lines).containsExactly("INFO with *** and [***]");
    }

    @Test
    void shouldTakeSecretsOutOfWhatIsSaidPieceByPiece() {
        log.atWarn().addKeyValue("tool", SECRET).addArgument(SECRET).log("with {}");

        assertThat(kept.lines)
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("WARN ").contains("***").doesNotContain(SECRET));
    }

    @Test
    void shouldTakeSecretsOutOfWhatWasThrown() {
        log.error("failed", new IllegalStateException("outside", new IllegalArgumentException("key " + SECRET)));

        assertThat(kept.lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("ERROR failed")
                        .contains("key ***", "MaskedLoggerTest")
                        .doesNotContain(SECRET));
        assertThat(kept.thrown).isEmpty();
    }

    @Test
    void shouldLeaveTheRestAsItIs() {
        IllegalStateException thrown = new IllegalStateException("nothing in it");

        log.error("failed with {}", "braces {}", thrown);
        log.debug("not wanted {}", SECRET);

        assertThat(kept.lines).containsExactly("ERROR failed with braces {}");
        assertThat(kept.thrown).containsExactly(thrown);
    }

    /** Keeps what it is told, from info on. */
    private static final class Kept extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1;

        private final transient List<String> lines = new ArrayList<>();
        private final transient List<Throwable> thrown = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable cause) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
            if (cause != null) {
                thrown.add(cause);
            }
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
