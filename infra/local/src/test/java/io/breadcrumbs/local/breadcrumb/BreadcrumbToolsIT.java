package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Breadcrumbs by tools, asked for from another process's bus. */
@Timeout(120)
class BreadcrumbToolsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static Platform platform;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
        bus = KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "agent")),
                PATIENCE);
    }

    @AfterAll
    static void stop() {
        bus.close();
        platform.close();
    }

    private static ToolResponse ask(String tool, String input) throws Exception {
        return bus.request(Ask.of(tool, input).within(PATIENCE)).durable().get(60, TimeUnit.SECONDS);
    }

    private static JsonNode output(ToolResponse answer) throws Exception {
        assertThat(answer.getStatus()).as("%s", answer).isEqualTo(ResponseStatus.SUCCESS);
        return JSON.readTree(answer.getOutput());
    }

    @Test
    void shouldCreateFindAndUpdate() throws Exception {
        String id = output(ask(
                        "breadcrumb_create",
                        "{\"schema_name\":\"tool.made.v1\",\"title\":\"By a tool\",\"context\":{\"n\":1}}"))
                .get("id")
                .asText();

        JsonNode found =
                output(ask("breadcrumb_search", "{\"text\":\"tool\",\"selector\":{\"schema_name\":\"tool.made.v1\"}}"));
        JsonNode updated =
                output(ask("breadcrumb_update", "{\"id\":\"" + id + "\",\"version\":1,\"context\":{\"m\":2}}"));
        ToolResponse late = ask("breadcrumb_update", "{\"id\":\"" + id + "\",\"version\":1}");

        assertThat(found.get("items"))
                .hasSize(1)
                .allMatch(one -> one.get("id").asText().equals(id));
        assertThat(updated.get("version").asInt()).isEqualTo(2);
        assertThat(late.getError().getCode()).isEqualTo("VERSION");
    }

    @Test
    void shouldAnswerAWrongSearchWithWhatIsWrong() throws Exception {
        ToolResponse answer = ask("breadcrumb_search", "{\"selector\":{\"what\":1}}");

        assertThat(answer.getError().getKind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(answer.getError().getMessage()).contains("what");
    }

    @Test
    void shouldReadForWhoHasNoView() throws Exception {
        String id = output(ask("breadcrumb_create", "{\"schema_name\":\"read.v1\"}"))
                .get("id")
                .asText();
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus, PATIENCE)) {
            String found = breadcrumbs.get("default", id).get();

            assertThat(JSON.readTree(found).get("schema_name").asText()).isEqualTo("read.v1");
            Assertions.assertThatThrownBy(() -> breadcrumbs.get("theirs", id).get())
                    .cause()
                    .isInstanceOfSatisfying(
                            ToolFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
        }
    }
}
