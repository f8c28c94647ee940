package io.breadcrumbs.runner.provider.mcp;

import static io.breadcrumbs.runner.provider.mcp.connection.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.runner.catalogue.Imports;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.runner.provider.mcp.connection.TrialHttpServer;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class McpImportTest {

    private static final Set<String> POOLS = Set.of("default", "gpu");

    private final SystemTime time = new SystemTime("test");
    private final TrialHttpServer trial = create();
    private final Toolbox toolbox = new Toolbox(POOLS, List.of(), Runnable::run);
    private final CatalogueBus bus = new CatalogueBus(toolbox);
    private McpServers servers = new McpServers(McpSettings.DEFAULT, _ -> Optional.empty(), time);

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

    private McpSource source(String prefix, String pool, boolean enabled) {
        return new McpSource(new McpServer.Remote(trial.url(), Map.of()), prefix, pool, Duration.ofSeconds(5), enabled);
    }

    /** Starts anew, with these settings. */
    private McpImport start(McpSettings settings) {
        servers.close();
        servers = new McpServers(settings, _ -> Optional.empty(), time);
        McpImport started =
                new McpImport(servers, new Imports(bus, time, toolbox), new McpImport.Around(POOLS, "test", time));
        started.start().join();
        return started;
    }

    private McpImport start(String prefix) {
        return start(McpSettings.DEFAULT.withServers(Map.of("trial", source(prefix, "default", true))));
    }

    private List<String> names() {
        return toolbox.all()
                .map(Entry::definition)
                .map(ToolDefinition::getName)
                .sorted()
                .toList();
    }

    private ToolDefinition tool(String name) {
        return Objects.requireNonNull(toolbox.find(name, null), name).definition();
    }

    private void publish(String name, ToolKind kind, String source) {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name + " / 1", "default", "test", Instant.EPOCH))
                .setName(name)
                .setKind(kind)
                .setSource(source)
                .build();
        bus.publish(Catalogue.TOOL, name + " / 1", tool);
    }

    @Test
    void shouldBringToolsOnce() throws Exception {
        trial.change(Set.of("echo", "fail"), false);

        start("it.");
        McpImport again = start("it.");

        assertThat(bus.published()).containsExactlyInAnyOrder("it.echo / 1.2", "it.fail / 1.2");
        assertThat(names()).containsExactly("it.echo", "it.fail");
        assertThat(again.states()).containsExactly(Map.entry("trial", "2 tools"));
    }

    @Test
    void shouldBringWhatChanges() throws Exception {
        trial.change(Set.of("echo", "fail"), false);
        start("");
        assertThatSoon("it listens", trial::isListenedTo);

        trial.change(Set.of("echo", "new"), true);

        assertThatSoon("the catalogue has the new tools", () -> names().equals(List.of("echo", "new")));
        assertThat(bus.published()).endsWith("new / 1.2", "-fail / 1.2");
    }

    @Test
    void shouldTryAgainUntilTheLogHasIt() throws Exception {
        trial.change(Set.of("echo"), false);
        bus.refuse(3);

        start("");

        assertThat(names()).containsExactly("echo");
    }

    @Test
    void shouldLeaveOutWhatSomebodyElseHas() throws Exception {
        publish("echo", ToolKind.JAVA, "");
        publish("fail", ToolKind.MCP, new ImportedSource("other", "fail").document());
        trial.change(Set.of("echo", "fail", "new"), false);

        McpImport started = start("");

        assertThat(tool("echo").getKind()).isEqualTo(ToolKind.JAVA);
        assertThat(tool("fail").getSource()).contains("other");
        assertThat(names()).containsExactly("echo", "fail", "new");
        assertThat(started.states().get("trial"))
                .startsWith("1 tools")
                .contains("'echo' is in the catalogue already", "of kind JAVA", "'fail' is in the catalogue already");
    }

    @Test
    void shouldNotTakeToolsIntoAnotherPool() throws Exception {
        trial.change(Set.of("echo"), false);
        start("");

        McpImport moved = start(McpSettings.DEFAULT.withServers(Map.of("trial", source("", "gpu", true))));

        assertThat(tool("echo").getPool()).isEqualTo("default");
        assertThat(moved.states().get("trial")).contains("in pool 'default'");
    }

    @Test
    void shouldKeepToolsWhileTheServerIsAway() throws Exception {
        trial.change(Set.of("echo"), false);
        start("");
        trial.close();

        McpImport started = start("");

        assertThat(names()).containsExactly("echo");
        assertThat(started.states().get("trial")).startsWith("no connection to MCP server 'trial'");
    }

    @Test
    void shouldTakeOutWhatIsDisabled() throws Exception {
        publish("other", ToolKind.MCP, new ImportedSource("other", "x").document());
        publish("java", ToolKind.JAVA, "");
        trial.change(Set.of("echo"), false);
        start("");

        start(McpSettings.DEFAULT.withServers(Map.of("trial", source("", "default", false))));

        assertThat(names()).containsExactly("java", "other");
    }

    @Test
    void shouldTakeOutWhatItIsNotGivenOnlyIfItIsAlone() throws Exception {
        publish("other", ToolKind.MCP, new ImportedSource("other", "x").document());
        publish("java", ToolKind.JAVA, "");

        start(McpSettings.DEFAULT);
        assertThat(names()).containsExactly("java", "other");

        start(McpSettings.DEFAULT.asAlone());
        assertThat(names()).containsExactly("java");
    }

    @Test
    void shouldRefuseAPoolThatTheRunnerDoesNotServe() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> start(McpSettings.DEFAULT.withServers(Map.of("trial", source("", "elsewhere", true)))))
                .withMessageContaining("'elsewhere'");
    }
}
