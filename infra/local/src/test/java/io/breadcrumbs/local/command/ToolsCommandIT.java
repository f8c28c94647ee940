package io.breadcrumbs.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.sdk.egress.Reach;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Tools by the command line, over a platform whose runner serves the usual pool and may reach its own host. */
@Timeout(180)
class ToolsCommandIT {

    private static final String ELSEWHERE = """
            {"topic": "tool.v1", "key": "elsewhere / 1", "value": {
              "name": "elsewhere", "kind": "SCRIPT", "description": "Nobody has it.", "pool": "gpu",
              "source": "{\\"code\\": \\"function execute(input) { return 1; }\\"}"}}
            """;

    @TempDir
    static Path data;

    private static Platform platform;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        PlatformSettings.Allowed allowed =
                new PlatformSettings.Allowed(Set.of(), new Reach(Set.of("127.0.0.1"), false, true));
        platform = Platform.start(
                        new PlatformSettings(
                                PlatformSettings.Ports.ANY,
                                data.resolve("data"),
                                false,
                                Set.of("default"),
                                allowed,
                                Map.of(),
                                null,
                                null),
                        _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private String crumb(int code, Reader in, String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data.resolve("data"));
        err.getBuffer().setLength(0);
        int ended = CrumbCommand.run(in, new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", all, out, err).isEqualTo(code);
        return out.toString();
    }

    private String crumb(int code, String... arguments) {
        return crumb(code, Reader.nullReader(), arguments);
    }

    private void publishElsewhere() {
        crumb(ExitCode.OK, new StringReader(ELSEWHERE), "publish", "-");
    }

    @Test
    void shouldSayOfEachToolHowManyRunnersServeIt() throws Exception {
        publishElsewhere();

        JsonNode all = new ObjectMapper().readTree(crumb(ExitCode.OK, "tools", "--json"));
        JsonNode one = new ObjectMapper().readTree(crumb(ExitCode.OK, "tools", "echo"));

        assertThat(all)
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.path("runners").asInt(-1))
                        .as("%s", tool.path("name"))
                        .isEqualTo(tool.path("pool").asText().equals("default") ? 1 : 0));
        assertThat(one.path("runners").asInt()).isOne();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayThatNobodyServesATool() {
        publishElsewhere();

        String table = crumb(ExitCode.OK, "tools");
        String said = err.toString();
        String one = crumb(ExitCode.OK, "tools", "elsewhere");

        assertThat(table).containsPattern("elsewhere +1 +script +gpu +0 ");
        assertThat(said).contains("no runner serves pool 'gpu'", "./crumb up --pools default,gpu");
        assertThat(one).contains("\"runners\" : 0");
        assertThat(err.toString()).isEqualTo(said);
    }

    @Test
    void shouldSayWhyNobodyAnswers() {
        publishElsewhere();

        crumb(ExitCode.FAILED, "call", "elsewhere", "{}", "--timeout=300ms");

        assertThat(err.toString()).contains("within 300 ms", "no runner serves pool 'gpu'");
    }

    @Test
    void shouldTellTheAnswerOfAToolThatWasStoppedAtTheDeadline() {
        crumb(ExitCode.FAILED, "call", "timer", "{\"seconds\": 60}", "--timeout=500ms");

        assertThat(err.toString()).startsWith("crumb: TIMEOUT: expected the tool to end within ");
    }

    @Test
    void shouldLogEachExecutionWithoutItsPayload() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger("io.breadcrumbs.runner.executions");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);

        crumb(ExitCode.OK, "call", "echo", "{\"message\": \"the payload\"}");
        crumb(ExitCode.FAILED, "call", "calculator", "{\"expression\": \"the payload\"}");
        Patience.await(
                "a line each, written after the answer",
                () -> log.list.stream()
                                .filter(event -> event.getFormattedMessage().matches("tool=(echo|calculator) .*"))
                                .count()
                        == 2);
        logger.setLevel(before);
        logger.setAdditive(true);
        logger.detachAppender(log);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allMatch(line -> line.matches("tool=\\S+ request=\\S+ run=null lane=\\S+ ms=\\S+ outcome=\\S+"))
                .noneMatch(line -> line.contains("payload"))
                .anyMatch(line -> line.startsWith("tool=echo ") && line.endsWith("outcome=SUCCESS"))
                .anyMatch(
                        line -> line.startsWith("tool=calculator ") && line.endsWith("outcome=VALIDATION/VALIDATION"));
    }

    @Test
    void shouldReachTheHostsThatWereAllowed() {
        String door = platform.state().url();

        String answer = crumb(ExitCode.OK, "call", "http_request", "{\"url\": \"" + door + "/health\"}");
        crumb(ExitCode.FAILED, "call", "http_request", "{\"url\": \"http://127.0.0.2/\"}");

        assertThat(answer).contains("\"status\":200", "\"body\":{");
        assertThat(err.toString()).contains("PERMISSION", "'127.0.0.2'", "it is not among the allowed hosts");
    }
}
