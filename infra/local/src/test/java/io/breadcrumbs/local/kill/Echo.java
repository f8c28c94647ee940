package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Receiver;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests with their input, each after up to {@value #WORK_AT_MOST_MS} ms, so that they end in another order
 * than they came. It notes a request when its work is done, and again when the answer is acknowledged.
 */
final class Echo implements Receiver<ToolRequest> {

    /** The tool that it answers for; other requests are let pass. */
    private static final String TOOL = "check-echo";

    private static final int AT_ONCE = 1_000;
    private static final int WORK_AT_MOST_MS = 200;
    private static final int AGAIN_MS = 100;

    private final Bus bus;
    private final Trail trail;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService work =
            Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());

    Echo(Bus bus, Trail trail) {
        this.bus = bus;
        this.trail = trail;
    }

    @Override
    public boolean offer(Delivery<ToolRequest> delivery) {
        if (!TOOL.equals(delivery.breadcrumb().body().getTool())) {
            delivery.done();
            return true;
        }
        if (!room.tryAcquire()) {
            return false;
        }
        after(ThreadLocalRandom.current().nextInt(WORK_AT_MOST_MS), () -> {
            String id = delivery.breadcrumb().body().getRequestId();
            trail.note(delivery.lane() == Lane.EAGER ? Kind.HANDLED_EAGER : Kind.HANDLED_LOG, id);
            answer(delivery, id);
        });
        return true;
    }

    private void answer(Delivery<ToolRequest> delivery, String id) {
        ToolResponse response = answerTo(delivery.breadcrumb().body(), delivery.lane());
        bus.publish(Catalogue.TOOL_RESPONSE, id, response).whenComplete((_, failure) -> {
            if (failure != null) {
                after(AGAIN_MS, () -> answer(delivery, id));
                return;
            }
            trail.note(Kind.DONE, id);
            delivery.done();
            room.release();
        });
    }

    /** A request that it answers. */
    static Draft<ToolRequest> asked(String id) {
        ToolRequest request = ToolRequest.newBuilder()
                .setMeta(Meta.newBuilder()
                        .setId(id)
                        .setSchemaName(Catalogue.TOOL_REQUEST.name())
                        .build())
                .setRequestId(id)
                .setTool(TOOL)
                .setInput("{\"id\":\"" + id + "\"}")
                .build();
        return Draft.of(Catalogue.TOOL_REQUEST, id, request);
    }

    private void after(int delayMs, Runnable task) {
        work.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private ToolResponse answerTo(ToolRequest request, Lane lane) {
        String id = request.getRequestId();
        return ToolResponse.newBuilder()
                .setMeta(Meta.newBuilder()
                        .setId(id)
                        .setSchemaName(Catalogue.TOOL_RESPONSE.name())
                        .build())
                .setRequestId(id)
                .setAwaitKey(id)
                .setTool(request.getTool())
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput(request.getInput())
                .setRunner(bus.instance())
                .setLane(lane == Lane.EAGER ? io.breadcrumbs.schemas.Lane.EAGER : io.breadcrumbs.schemas.Lane.LOG)
                .build();
    }
}
