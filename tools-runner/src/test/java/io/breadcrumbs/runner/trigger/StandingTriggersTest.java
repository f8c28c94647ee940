package io.breadcrumbs.runner.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.catalogue.Announcement;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runners that ask for tools at the start, and for those that never end. What is asked for runs until a test ends it.
 */
class StandingTriggersTest extends TriggerScene {

    private final Map<String, Delivery<ToolRequest>> running = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();

    /** Who executes; he outlives the runners that ask. */
    private final MemoryBus worker = MemoryBus.in(cluster.process("worker"), wire, scheduler);

    private Node asking() {
        if (runners() == 0) {
            worker.subscribe(Group.of("runner.default", Catalogue.TOOL_REQUEST), delivery -> {
                running.put(delivery.breadcrumb().key(), delivery);
                return true;
            });
            worker.tail(TailFrom.beginning(Catalogue.TOOL_CANCEL), (cancel, _, _) -> {
                ToolCancel said = cancel.body();
                cancelled.add(said.getRequestId() + ": " + said.getReason());
            });
        }
        return runner();
    }

    private void end(String requestId, @Nullable ToolError error) {
        Delivery<ToolRequest> delivery = Objects.requireNonNull(running.remove(requestId), requestId);
        ToolResponse answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, requestId, "default", "worker", scheduler.now()))
                .setRequestId(requestId)
                .setTool(delivery.breadcrumb().body().getTool())
                .setStatus(error == null ? ResponseStatus.SUCCESS : ResponseStatus.ERROR)
                .setError(error)
                .build();
        worker.publish(Draft.of(Catalogue.TOOL_RESPONSE, requestId, answer));
        delivery.done();
    }

    private static ToolError failure() {
        return ToolError.newBuilder().setCode("BROKEN").setMessage("broken").build();
    }

    /** What of a request's id says which it is. */
    private List<String> underWay() {
        return running.keySet().stream()
                .map(id -> id.replaceFirst("^start/[^/]+/", "start/"))
                .toList();
    }

    // ------------------------------------------------------------------ at the start

    @Test
    void shouldAskAtTheStartInTheOrderOfPrioritiesEachWhenTheLastIsAnswered() {
        Node first = asking();
        define(first, "last", When.start("load", 3));
        define(first, "middle", When.start("load", 2));
        define(first, "early", When.start("load", 1));

        runUntil("00:00:03");
        assertThat(underWay()).containsExactly("start/early/load");
        end(only(), failure());
        runUntil("00:00:05");
        assertThat(underWay()).containsExactly("start/middle/load");
        end(only(), null);
        runUntil("00:00:07");
        assertThat(underWay()).containsExactly("start/last/load");
        end(only(), null);
        runUntil("00:05:00");

        assertThat(running).isEmpty();
    }

    @Test
    void shouldAskAtTheStartAgainWhereAnotherRunnerTakesThePlaceOfADeadOne() {
        Node first = asking();
        define(first, "load", When.start("load", 1));
        runUntil("00:00:05");
        end(only(), null);
        asking();
        runUntil("00:01:00");
        assertThat(running).isEmpty();

        first.process().kill();
        runUntil("00:02:00");

        assertThat(underWay()).containsExactly("start/load/load");
        assertThat(requests()).hasSize(2);
    }

    @Test
    void shouldAskForAJavaToolAsItsSpecSays() {
        Node first = asking();
        ToolSpec<Nothing, Nothing> spec = ToolSpec.of("java", "Is announced.", Nothing.class, Nothing.class)
                .when(When.start("load", 1));
        Toolbox empty = new Toolbox(Set.of(), List.of(), first.process()::execute);

        new Announcement(first.bus(), first.process(), empty).publish(List.of(spec));
        runUntil("00:00:05");

        assertThat(underWay()).containsExactly("start/java/load");
    }

    record Nothing() {}

    private String only() {
        return running.keySet().iterator().next();
    }

    // ------------------------------------------------------------------ without end

    @Test
    void shouldAskAgainSoonAfterAnExecutionHasEndedAndLaterWithEachThatFails() {
        Node first = asking();
        define(first, When.always("poll"));
        List<Duration> pauses = new ArrayList<>();
        runUntil("00:00:05");

        for (int i = 0; i < 8; i++) {
            end(only(), i == 0 ? null : failure());
            Instant ended = scheduler.now();
            while (running.isEmpty()) {
                scheduler.run(Duration.ofMillis(500));
            }
            pauses.add(Duration.between(ended, scheduler.now()));
        }

        assertThat(pauses).isSorted();
        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(pauses.get(7)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    }

    @Test
    void shouldKeepOneExecutionThoughTheRunnerThatAskedIsKilled() {
        Node first = asking();
        define(first, When.always("poll"));
        runUntil("00:00:05");
        String id = only();
        asking();
        runUntil("00:00:30");

        first.process().kill();
        runUntil("00:01:00");
        assertThat(running).containsOnlyKeys(id);
        assertThat(ids()).containsExactly(id, id);
        end(id, null);
        runUntil("00:01:05");

        assertThat(running).hasSize(1).doesNotContainKey(id);
    }

    @Test
    void shouldCancelAnExecutionOfWhatIsDefinedAnewOrGone() {
        Node first = asking();
        define(first, When.always("poll"));
        runUntil("00:00:05");
        String id = only();

        define(first, When.always("poll"));
        runUntil("00:00:10");
        assertThat(cancelled).containsExactly(id + ": the tool is defined anew");
        end(id, failure());
        runUntil("00:00:15");
        String next = only();
        define(first);
        runUntil("00:00:20");

        assertThat(cancelled)
                .containsExactly(
                        id + ": the tool is defined anew", next + ": the tool is no longer there to run continuously");
        end(next, failure());
        runUntil("00:02:00");
        assertThat(running).isEmpty();
    }
}
