package io.breadcrumbs.local.bench;

import io.breadcrumbs.schemas.Lane;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Delivery;
import java.io.IOException;
import java.util.List;

/** The tool that gives back its input, and the records of the benchmarks. */
public final class Echo {

    static final String TOOL = "echo";

    /** With it, an encoded request has about 300 bytes. */
    public static final String INPUT = "{\"text\":\"" + "all work and no play ".repeat(6) + "\"}";

    private Echo() {}

    /** A request that nobody answers: it has no deadline, and is done when it is durable. */
    static ToolRequest note(String tool) {
        return new ToolRequest(
                meta(BenchTopics.REQUESTS, "note"),
                "note",
                tool,
                null,
                INPUT,
                null,
                "bench",
                null,
                null,
                null,
                1,
                -1L,
                -1L,
                null,
                0L,
                null,
                null,
                BenchTopics.POOL,
                SideEffects.NONE,
                null);
    }

    /** As many bytes as a request has on the bus, so that bare clients carry no less. */
    static byte[] bytes() {
        try {
            return new byte[ToolRequest.getEncoder().encode(note(TOOL)).remaining()];
        } catch (IOException e) {
            throw new IllegalStateException("an array does not fail", e);
        }
    }

    /** Answers a request; it is done when the answer is durable. */
    static void answer(Bus bus, Delivery<ToolRequest> delivery) {
        ToolRequest request = delivery.breadcrumb().body();
        delivery.doneWhen(
                bus.publish(Catalogue.TOOL_RESPONSE, request.getRequestId(), answer(request)), delivery::done);
    }

    private static ToolResponse answer(ToolRequest request) {
        return new ToolResponse(
                meta(Catalogue.TOOL_RESPONSE, request.getRequestId()),
                request.getRequestId(),
                request.getRequestId(),
                request.getTool(),
                null,
                null,
                null,
                null,
                1,
                ResponseStatus.SUCCESS,
                request.getInput(),
                null,
                null,
                0L,
                0L,
                0L,
                "bench",
                Lane.LOG);
    }

    private static Meta meta(Topic<?> topic, String id) {
        return new Meta(id, topic.name(), null, List.of(), "default", 1, 0L, 0L, "bench", null);
    }
}
