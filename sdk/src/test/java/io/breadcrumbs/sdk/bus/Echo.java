package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A runner of one tool: it answers each request with its input, and remembers what it was given. */
final class Echo implements Receiver<ToolRequest> {

    final List<Delivery<ToolRequest>> given = new ArrayList<>();

    private final Scene.Node node;

    Echo(Scene.Node node) {
        this.node = node;
    }

    @Override
    public boolean offer(Delivery<ToolRequest> delivery) {
        given.add(delivery);
        node.process().execute(() -> answer(delivery));
        return true;
    }

    private void answer(Delivery<ToolRequest> delivery) {
        ToolResponse answer = answer(delivery.breadcrumb().body());
        delivery.doneWhen(
                node.bus().publish(Catalogue.TOOL_RESPONSE, answer.getRequestId(), answer), () -> answer(delivery));
    }

    static ToolResponse answer(ToolRequest request) {
        String id = request.getRequestId();
        return ToolResponse.newBuilder()
                .setMeta(Records.meta(Catalogue.TOOL_RESPONSE, id, Instant.EPOCH, "echo"))
                .setRequestId(id)
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput(request.getInput())
                .build();
    }

    List<String> ids() {
        return given.stream()
                .map(delivery -> delivery.breadcrumb().body().getRequestId())
                .toList();
    }
}
