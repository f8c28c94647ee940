package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A process that answers requests, and publishes some if asked to. It ends in order when its standard input ends. */
public final class EchoProcess {

    private static final Answers<ToolRequest, ToolResponse> ANSWERS =
            new Answers<>(Catalogue.TOOL_RESPONSE, ToolRequest::getRequestId, ToolResponse::getRequestId);

    private EchoProcess() {}

    /** Arguments: bootstrap servers, registry URL, trail file, name, group, requests to publish per second. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        String name = arguments[3];
        int perSecond = Integer.parseInt(arguments[5]);
        try (Trail trail = new Trail(Path.of(arguments[2]));
                Bus bus = KafkaBus.connect(BusSettings.of(arguments[0], arguments[1], name))) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
            bus.subscribe(Group.of(arguments[4], Catalogue.TOOL_REQUEST).answeredBy(ANSWERS), new Echo(bus, trail));
            trail.note(Kind.READY, bus.instance());
            try (Load _ = perSecond == 0
                    ? null
                    : Load.start(
                            bus,
                            perSecond,
                            new Load.Requests(name, Echo::asked),
                            id -> trail.note(Kind.ACKNOWLEDGED, id))) {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }
}
