package io.breadcrumbs.runner.provider.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.runner.provider.mcp.connection.McpLimits;
import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.runner.provider.mcp.connection.TrialHttpServer;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class McpToolsTest {

    private final SystemTime time = new SystemTime("test");
    private final TrialHttpServer trial = create();
    private final McpSettings settings = new McpSettings(
            Map.of("trial", McpSource.of("trial", new McpServer.Remote(trial.url(), Map.of()))),
            false,
            McpLimits.DEFAULT,
            1_000);
    private final McpServers servers = new McpServers(settings, _ -> Optional.empty(), time);
    private final McpTools tools = new McpTools(servers);

    private static TrialHttpServer create() {
        try {
            return new TrialHttpServer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        servers.close();
        trial.close();
        time.close();
    }

    private static ToolDefinition.Builder definition(@Nullable String source) {
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, "t / 1", "default", "test", Instant.EPOCH))
                .setName("t")
                .setKind(ToolKind.MCP)
                .setSource(source);
    }

    private static ToolDefinition.Builder definition(String server, String tool) {
        return definition(new ImportedSource(server, tool).document());
    }

    private String execute(ToolDefinition definition, String input) throws Exception {
        return tools.prepare(definition)
                .execute(Values.parse(input), new FakeContext(time.now().plusSeconds(30), Map.of()));
    }

    private ToolFailure failure(ToolDefinition definition) {
        return catchThrowableOfType(ToolFailure.class, () -> execute(definition, "{\"message\": \"hello\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo       | "echo: hello"
            structured | {"said":"hello"}
            document   | {"text":"hello"}
            almost     | "{hello"
            mixed      | [{"type":"text","text":"hello"},{"type":"image","data":"aGk=","mimeType":"image/png"}]
            nothing    | ""
            """)
    void shouldMakeAnOutputOfWhatTheServerAnswers(String tool, String expected) throws Exception {
        String output = execute(definition("trial", tool).build(), "{\"message\": \"hello\"}");

        assertThat(Values.parse(output)).isEqualTo(Values.parse(expected));
    }

    @Test
    void shouldFailIfTheToolSaysSo() {
        ToolFailure failure = failure(definition("trial", "fail").build());

        assertThat(failure.kind()).isEqualTo(ErrorKind.RUNTIME);
        assertThat(failure.toError().getCode()).isEqualTo("MCP_TOOL");
        assertThat(failure).hasMessageContaining("it did not work");
    }

    @Test
    void shouldRefuseAnOutputThatIsTooLarge() throws Exception {
        ToolLimits limits = ToolLimits.newBuilder().setOutputBytes(200_000L).build();

        ToolFailure failure = failure(definition("trial", "big").build());

        assertThat(failure.kind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(failure).hasMessageContaining("at most 1000 bytes");
        assertThat(execute(definition("trial", "big").setLimits(limits).build(), "{}"))
                .hasSize(100_002);
    }

    @ParameterizedTest
    @CsvSource({"ONCE, OUTCOME_UNKNOWN, false", "IDEMPOTENT, RUNTIME, true", "NONE, RUNTIME, true"})
    void shouldSayThatAnOutcomeIsUnknown(SideEffects effects, ErrorKind expected, boolean retryable) {
        ToolFailure failure =
                failure(definition("trial", "cut").setSideEffects(effects).build());

        assertThat(failure.kind()).isEqualTo(expected);
        assertThat(failure.toError().getRetryable()).isEqualTo(retryable);
    }

    @Test
    void shouldSayThatNothingWasDoneIfThereIsNoConnection() {
        trial.close();

        ToolFailure failure = failure(
                definition("trial", "echo").setSideEffects(SideEffects.ONCE).build());

        assertThat(failure.toError().getCode()).isEqualTo("MCP_CONNECTION");
        assertThat(failure.toError().getRetryable()).isTrue();
    }

    @Test
    void shouldRefuseDefinitionsThatCannotWork() {
        ToolFailure none = failure(definition((String) null).build());
        ToolFailure incomplete = failure(definition("{\"server\": \"trial\"}").build());
        ToolFailure unknown = failure(definition("other", "echo").build());

        assertThat(none.toError().getField()).isEqualTo("source");
        assertThat(incomplete.toError().getField()).isEqualTo("source");
        assertThat(unknown.kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(unknown).hasMessageContaining("'other'").hasMessageContaining("trial");
    }

    @Test
    void shouldRefuseInputThatIsNoObject() {
        ToolFailure failure = catchThrowableOfType(
                ToolFailure.class, () -> execute(definition("trial", "echo").build(), "[1]"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION);
    }

    @Test
    void shouldLackToolsOfServersThatItDoesNotHaveUnlessItIsAlone() {
        McpTools alone = new McpTools(new McpServers(settings.asAlone(), _ -> Optional.empty(), time));

        assertThat(tools.lacks(definition("trial", "gone").build())).isEmpty();
        assertThat(tools.lacks(definition("other", "echo").build()))
                .hasValueSatisfying(lacks -> assertThat(lacks).contains("'other'"));
        assertThat(alone.lacks(definition("other", "echo").build())).isEmpty();
    }
}
