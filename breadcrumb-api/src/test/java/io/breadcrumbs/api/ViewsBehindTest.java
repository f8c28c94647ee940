package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.webhooks.SigningSecrets;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.bus.LaneBus;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.bus.Parts;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBrokers;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a door says of its views while their readers get no time of the machine. */
class ViewsBehindTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(12);

    @TempDir
    private Path folder;

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final MemoryBus other = MemoryBus.in(cluster.process("other"), wire, scheduler);
    private final MemoryProcess process = cluster.process("api");
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private Services services;

    @BeforeEach
    void start() throws Exception {
        Parts parts = MemoryBus.parts(process, wire, scheduler, Limits.DEFAULT);
        LaneBus lanes = new LaneBus(
                new Parts(
                        parts.instance(),
                        parts.log(),
                        parts.wire(),
                        parts.time(),
                        this::run,
                        parts.loops(),
                        parts.random(),
                        parts.limits()),
                () -> new Readiness(List.of()));
        services = new Services(
                MemoryBus.over(lanes, process, wire),
                new MemoryBrokers(cluster, wire),
                process,
                process::execute,
                new ServicesSettings(
                        folder.resolve("views"),
                        WebhookSettings.of(Reach.NOTHING, SigningSecrets.of(folder.resolve("secret"))),
                        MasterKeys.ofEnvironmentOr(folder.resolve("master.keys")),
                        LimitSettings.ALONE));
        scheduler.run(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        release();
        services.close();
    }

    private void run(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            process.execute(task);
        }
    }

    private void release() {
        holding = false;
        held.forEach(process::execute);
        held.clear();
    }

    /** What a gauge shows that nobody has looked at before. */
    private double lag(String view) {
        MeterRegistry registry = new SimpleMeterRegistry();
        services.measure(registry);
        registry.get("breadcrumbs.view.lag").tag("view", view).gauge().value();
        scheduler.run(SOON);
        return registry.get("breadcrumbs.view.lag").tag("view", view).gauge().value();
    }

    static Stream<Arguments> records() {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, "t", "test"))
                .setName("t")
                .setVersion("1")
                .build();
        BreadcrumbEvent event = BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, "e", "test"))
                .setBreadcrumbId("b")
                .setKind(BreadcrumbEventKind.DELETED)
                .build();
        WorkflowCommand start = WorkflowCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, "c", "test"))
                .setCommandId("c")
                .setRunId("r")
                .setKind(WorkflowCommandKind.START)
                .build();
        return Stream.of(
                Arguments.of("tools", Draft.of(Catalogue.TOOL, "t", tool)),
                Arguments.of("breadcrumbs", Draft.of(Catalogue.BREADCRUMB_EVENT, "b", event)),
                Arguments.of("runs", Draft.of(Catalogue.WORKFLOW_COMMAND, "r", start)),
                Arguments.of(
                        "runs",
                        Draft.of(Catalogue.WORKFLOW_EVENT, "k", Journal.takeover("k", "engine", Instant.EPOCH))));
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldSayHowFarAViewIsBehindAndBeReadyAgainWhenItHasReadOn(String view, Draft<?> draft) {
        // Given
        assertThat(services.missing()).isNull();
        assertThat(services.late()).isNull();
        assertThat(lag(view)).isZero();

        // When
        holding = true;
        other.publish(draft);
        scheduler.run(SOON);

        // Then
        assertThat(services.late()).isNull();
        scheduler.run(LONG);
        assertThat(services.late()).startsWith("the view of " + view + " is behind the log since ");
        assertThat(lag(view)).isOne();

        release();
        scheduler.run(SOON);
        assertThat(services.missing()).isNull();
        assertThat(services.late()).isNull();
        assertThat(lag(view)).isZero();
    }
}
