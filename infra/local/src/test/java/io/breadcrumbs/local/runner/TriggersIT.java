package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.MissedTicks;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.schemas.TriggerKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools that nobody asks for, over a platform with a runner. */
@Timeout(120)
class TriggersIT {

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
                        platform.state().kafka(), platform.state().registry(), "test")),
                PATIENCE);
    }

    @AfterAll
    static void stop() {
        bus.close();
        platform.close();
    }

    @Test
    void shouldExecuteAToolForABreadcrumbThatItSelects() throws Exception {
        Trigger urgent = Trigger.newBuilder()
                .setName("urgent")
                .setKind(TriggerKind.SELECTOR)
                .setSelector(Selector.newBuilder().setAnyTags(List.of("urgent")).build())
                .build();
        Instant now = Instant.now();
        define("titles", "return input.breadcrumb.title;", now, urgent);
        Call call = bus.await("event/e-1/titles/urgent", PATIENCE);

        BreadcrumbEvent event = BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, "e-1", "default", "test", now.plusMillis(1)))
                .setBreadcrumbId("b-1")
                .setKind(BreadcrumbEventKind.CREATED)
                .setTitle("Fire")
                .setTags(List.of("urgent"))
                .build();
        bus.publish(Catalogue.BREADCRUMB_EVENT, "b-1", event).get();

        assertThat(call.durable().get().getOutput()).isEqualTo("\"Fire\"");
    }

    @Test
    void shouldExecuteAToolOnceForTheTicksThatItMissed() throws Exception {
        Trigger daily = Trigger.newBuilder()
                .setName("daily")
                .setKind(TriggerKind.CRON)
                .setCron("0 0 * * *")
                .setMissed(MissedTicks.ONCE)
                .setInput("{\"n\": 1}")
                .build();
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Call call = bus.await("tick/sweep/daily/" + midnight, PATIENCE);

        define("sweep", "return input.n + 1;", midnight.minus(Duration.ofDays(3)), daily);

        assertThat(call.durable().get().getOutput()).isEqualTo("2");
    }

    private static void define(String tool, String body, Instant at, Trigger trigger) throws Exception {
        ToolDefinition definition = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, tool, "default", "test", at))
                .setName(tool)
                .setKind(ToolKind.SCRIPT)
                .setSource("{\"code\": \"function execute(input) { " + body + " }\"}")
                .setTriggers(List.of(trigger))
                .build();
        bus.publish(Catalogue.TOOL, tool + " / 1", definition).get();
    }
}
