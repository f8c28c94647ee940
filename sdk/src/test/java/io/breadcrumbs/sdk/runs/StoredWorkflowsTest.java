package io.breadcrumbs.sdk.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredWorkflowsTest {

    private static final String ID = "workflow:team:sum";

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 4, Faults.NONE);
    private final Bus bus = MemoryBus.in(cluster.process("me"), MemoryBus.wire(), scheduler);
    private final StoredWorkflows stored = new StoredWorkflows(bus);

    @Test
    void shouldHaveTheNewestVersionOfEachName() {
        // When
        store(ID, "sum", StoredWorkflows.SCHEMA, 1, "{\"definition\": [1]}");
        store(ID, "sum", StoredWorkflows.SCHEMA, 2, "{\"definition\": [2]}");

        // Then
        assertThat(stored.find("team", "sum")).isEqualTo(new Stored("sum", 2, "[2]", "ada", 7));
        assertThat(stored.find("other", "sum")).isNull();
        assertThat(stored.all("team")).extracting(Stored::version).containsExactly(2);
        assertThat(stored.all("other")).isEmpty();
    }

    @Test
    void shouldForgetWhatIsDeleted() {
        // Given
        store(ID, "sum", StoredWorkflows.SCHEMA, 1, "{\"definition\": [1]}");

        // When
        bus.publish(Draft.tombstone(Catalogue.BREADCRUMB, ID));
        scheduler.run(Duration.ofSeconds(1));

        // Then
        assertThat(stored.find("team", "sum")).isNull();
    }

    @Test
    void shouldLeaveAloneWhatIsNoStoredWorkflow() {
        store("another-id", "sum", StoredWorkflows.SCHEMA, 1, "{\"definition\": [1]}");
        store("workflow:team:note", "note", "note.v1", 1, "{\"definition\": [1]}");
        store("workflow:team:empty", "empty", StoredWorkflows.SCHEMA, 1, "{}");

        assertThat(stored.all("team")).isEmpty();
        assertThat(stored.find("team", "note")).isNull();
    }

    @Test
    void shouldFindAnOlderVersion() {
        // Given
        decide(1, BreadcrumbEventKind.CREATED, "{\"definition\": [1]}");
        decide(1, BreadcrumbEventKind.REFUSED, null);
        decide(2, BreadcrumbEventKind.UPDATED, "{\"definition\": [2]}");

        // Then
        assertThat(version(1)).isEqualTo(new Stored("sum", 1, "[1]", "ada", 5));
        assertThat(version(2)).extracting(Stored::definition).isEqualTo("[2]");
        assertThat(version(3)).isNull();
    }

    @Test
    void shouldTakeNamesOnlyThatFitIntoACommandLine() {
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(bus)) {
            for (String name : List.of("", "a b", "a/b", "a:b", "x".repeat(101))) {
                assertThatThrownBy(() -> StoredWorkflows.save(breadcrumbs, "team", name, "{}", "ada"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("name: expected 1 to 100 letters");
            }
        }
    }

    private void store(String id, String name, String schema, int version, String context) {
        Meta meta = new Meta(id, schema, name, List.of(), "team", version, 5L, 7L, "ada", null);
        bus.publish(
                Catalogue.BREADCRUMB,
                id,
                Breadcrumb.newBuilder().setMeta(meta).setContext(context).build());
        scheduler.run(Duration.ofSeconds(1));
    }

    private void decide(int version, BreadcrumbEventKind kind, @Nullable String context) {
        Meta meta =
                new Meta("e" + version + kind, "breadcrumb.event.v1", null, List.of(), "team", 1, 5L, 5L, "ada", null);
        bus.publish(
                Catalogue.BREADCRUMB_EVENT,
                ID,
                BreadcrumbEvent.newBuilder()
                        .setMeta(meta)
                        .setBreadcrumbId(ID)
                        .setKind(kind)
                        .setBreadcrumbVersion(version)
                        .setContext(context)
                        .build());
        scheduler.run(Duration.ofSeconds(1));
    }

    private @Nullable Stored version(int number) {
        CompletableFuture<@Nullable Stored> found = StoredWorkflows.version(bus, "team", "sum", number, Runnable::run);
        scheduler.run(Duration.ofSeconds(1));
        return found.join();
    }
}
