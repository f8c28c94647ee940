package io.breadcrumbs.local.reach;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breadcrumbs.local.access.WholeLog;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.telemetry.LineKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Keys and secrets by URL and key, at a platform whose brokers are not asked for them. */
@Timeout(240)
class AccessIT {

    private static final String VALUE = "s3cr3t-by-\"url\"-ümlaut";
    private static final String ECHO = """
            {"topic": "tool.v1", "key": "echo_token / 1", "value": {"name": "echo_token", "kind": "SCRIPT",
              "source": "{\\"code\\": \\"function execute({token}) { return {length: token.length, echo: 'x' + token}; }\\"}",
              "limits": {"secrets": ["API"]}}}
            """;

    @TempDir
    static Path temp;

    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();
    private static final Lines APPENDER = new Lines();
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.breadcrumbs");

    private static Crumbs crumbs;

    /** Keeps lines as the platform's log has them. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final LineKeys keys = new LineKeys();

        @Override
        protected void append(ILoggingEvent event) {
            LINES.add(event.getFormattedMessage() + keys.convert(event));
        }
    }

    @BeforeAll
    static void start() {
        APPENDER.start();
        OURS.setLevel(Level.INFO);
        OURS.setAdditive(false);
        OURS.addAppender(APPENDER);
        crumbs = new Crumbs(temp.resolve("data"));
    }

    @AfterAll
    static void stop() {
        crumbs.close();
        OURS.detachAppender(APPENDER);
        OURS.setLevel(null);
        OURS.setAdditive(true);
    }

    private static Crumbs.Said as(String key, String... line) {
        return crumbs.ask("", List.of(line), "--url=" + crumbs.url(), "--api-key=" + key);
    }

    @Test
    void shouldMakeAKeyThatHoldsAtOnceAndEndItAtOnce() {
        // When
        Crumbs.Said made = crumbs.remotely(
                "", List.of("key", "create", "planner", "--role", "emitter,subscriber", "--expires", "720h"));

        // Then
        String key = made.out();
        assertThat(key).matches("bck_[0-9a-f]{16}_[0-9a-f]{64}");
        String id = key.split("_", -1)[1];
        assertThat(made.err()).isEqualTo("key " + id + " for planner in workspace default; it is shown this once:");
        assertThat(as(key, "run", "list").code()).isEqualTo(ExitCode.OK);
        assertThat(as(key, "key", "create", "more", "--role", "curator").err()).contains("curator", "Ask for the role");
        assertThat(as(key, "key", "list").code()).isEqualTo(ExitCode.FAILED);
        Crumbs.Said theirs = crumbs.stranger("key", "revoke", id);
        assertThat(theirs)
                .isEqualTo(
                        new Crumbs.Said(1, "", "crumb: no key '" + id + "'; './crumb key list' lists those that are"));
        assertThat(crumbs.stranger("key", "list").out()).contains("theirs").doesNotContain("planner");

        // When
        assertThat(crumbs.remote("key", "revoke", id)).isEqualTo("key " + id + " is revoked");

        // Then
        assertThat(as(key, "run", "list").err()).contains("asks who you are");
        assertThat(crumbs.remote("key", "revoke", id)).isEqualTo("key " + id + " is revoked");
        List<String> list = List.of("key", "list", "--json", "--workspace", "default");
        assertThat(crumbs.remotely("", list)).isEqualTo(crumbs.locally("", list));
        assertThat(crumbs.remote("key", "list").lines())
                .anySatisfy(line -> assertThat(line).contains(id, "planner", "emitter,subscriber", "revoked 20"));
        assertThat(LINES)
                .anySatisfy(line -> assertThat(line).contains("event=key-made", id, "ours"))
                .anySatisfy(line -> assertThat(line).contains("event=key-revoked", id, "ours"))
                .noneMatch(line -> line.contains(key.split("_", -1)[2]));
    }

    @Test
    void shouldChooseTheWorkspaceAmongThoseOfTheCaller() {
        Crumbs.Said other =
                crumbs.remotely("", List.of("key", "create", "x", "--role", "emitter", "--workspace", "team-b"));
        Crumbs.Said nonsense = crumbs.remotely("", List.of("key", "list", "--workspace", "a\nb"));

        assertThat(other.code()).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("expected a workspace that the caller may be in, got team-b");
        assertThat(nonsense.code()).isEqualTo(ExitCode.USAGE);
        assertThat(crumbs.stranger("key", "list").out()).doesNotContain(" x ");
        assertThat(crumbs.remotely("", List.of("key", "create", "x", "--role", "king")))
                .isEqualTo(crumbs.locally("", List.of("key", "create", "x", "--role", "king")));
    }

    @Test
    void shouldGiveASecretThatWasSetByUrlToAToolAndTellItNowhere() throws Exception {
        // Given
        crumbs.locally(ECHO, List.of("publish", "-"));

        // When
        assertThat(crumbs.remoteWith(VALUE + "\n", "secret", "set", "API"))
                .isEqualTo("secret API of workspace default is set");

        // Then
        String input = "{\"token\": {\"$secret\": \"API\"}}";
        Patience.await(
                "the runner has read it",
                () -> crumbs.remotely("", List.of("call", "echo_token", input)).code() == ExitCode.OK);
        assertThat(crumbs.remote("call", "echo_token", input))
                .contains("\"length\":" + VALUE.length(), "\"echo\":\"x***\"");
        assertThat(crumbs.remote("secret", "list")).contains("default", "API", "ours");
        assertThat(crumbs.remotely("", List.of("secret", "list")))
                .isEqualTo(crumbs.locally("", List.of("secret", "list", "--workspace", "default")));
        assertThat(crumbs.stranger("secret", "list").out()).isEqualTo("no secrets");
        assertThat(crumbs.stranger("secret", "delete", "API").err())
                .isEqualTo("crumb: no secret 'API' in workspace team-b");
        List<String> rotate = List.of("secret", "rotate", "--new-key");
        assertThat(crumbs.remotely("", rotate).code()).isEqualTo(ExitCode.USAGE);
        assertThat(crumbs.remotely("", rotate).err().lines())
                .singleElement()
                .asString()
                .contains("needs the file of the master keys", "without --url");
        assertThat(crumbs.remotely("short", List.of("secret", "set", "API")).err())
                .contains("value: expected 8 to")
                .doesNotContain("short");
        assertTheSame(List.of("secret", "set", "a b"));
        assertThat(crumbs.remote("secret", "delete", "API")).isEqualTo("secret API of workspace default is deleted");
        assertTheSame(List.of("secret", "delete", "API"));
        assertThat(LINES)
                .anySatisfy(line -> assertThat(line).contains("event=secret-set", "secret=API", "ours"))
                .anySatisfy(line -> assertThat(line).contains("event=secret-deleted", "secret=API", "ours"))
                .noneMatch(line -> line.contains("s3cr3t"));
        assertThat(Files.readString(temp.resolve("data").resolve("master.keys")))
                .hasLineCount(1);
        assertNoTopicHas("s3cr3t-by-");
    }

    private static void assertTheSame(List<String> line) {
        assertThat(crumbs.remotely("", line)).isEqualTo(crumbs.locally("", line));
    }

    private static void assertNoTopicHas(String text) {
        int seen = WholeLog.each(
                crumbs.kafka(),
                record -> assertThat(text(record.value()))
                        .as("%s@%s", record.topic(), record.offset())
                        .doesNotContain(text));
        assertThat(seen).isGreaterThan(20);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
