package io.breadcrumbs.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How to test what uses the bus: copy this. Time stands still until {@code scheduler.run} lets it pass. */
class ExampleTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 8, Faults.NONE);
    private final MemoryProcess process = cluster.process("me");
    private final Bus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);

    @Test
    void shouldAnswerARequest() {
        // Given
        bus.subscribe(Group.of("shouters", Catalogue.TOOL_REQUEST), request -> {
            process.execute(() -> shout(request)); // the work itself, on another thread
            return true;
        });

        // When
        Call call = bus.request(Ask.of("shout", "\"hello\""));
        scheduler.run(Duration.ofMillis(100));

        // Then
        assertThat(call.durable())
                .isCompletedWithValueMatching(answer -> answer.getOutput().equals("\"HELLO\""));
    }

    private void shout(Delivery<ToolRequest> delivery) {
        ToolRequest request = delivery.breadcrumb().body();
        String id = request.getRequestId();
        ToolResponse answer = ToolResponse.newBuilder()
                .setMeta(Meta.newBuilder()
                        .setId(id)
                        .setSchemaName(Catalogue.TOOL_RESPONSE.name())
                        .build())
                .setRequestId(id)
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput(request.getInput().toUpperCase(Locale.ROOT))
                .build();
        delivery.doneWhen(bus.publish(Catalogue.TOOL_RESPONSE, id, answer), () -> shout(delivery));
    }
}
