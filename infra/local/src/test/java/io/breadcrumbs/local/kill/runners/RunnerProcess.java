package io.breadcrumbs.local.kill.runners;

import io.breadcrumbs.local.kill.Load;
import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A runner that publishes requests to its own pools as well. It ends in order when its standard input ends. */
public final class RunnerProcess {

    private RunnerProcess() {}

    /** Arguments: bootstrap servers, registry URL, trail file, name, requests to publish per second, pools. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        String name = arguments[3];
        List<String> pools = List.of(arguments).subList(5, arguments.length);
        try (Trail trail = new Trail(Path.of(arguments[2]));
                SystemTime time = new SystemTime(name);
                Bus bus = KafkaBus.connect(BusSettings.of(arguments[0], arguments[1], name))) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
            try (Runner runner = runner(bus, time, pools, trail)) {
                runner.joined().join();
                trail.note(Kind.READY, bus.instance());
                try (Load _ = Load.start(
                        bus,
                        Integer.parseInt(arguments[4]),
                        KillTools.requests(name, pools),
                        id -> trail.note(Kind.ACKNOWLEDGED, id))) {
                    System.in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private static Runner runner(Bus bus, SystemTime time, List<String> pools, Trail trail) {
        return new Runner(
                bus,
                new RunnerSettings(Set.copyOf(pools), RunnerSettings.DEFAULT.concurrency()),
                new JavaTools(List.of(KillTools.of(pools, trail))),
                List.of(),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog()));
    }
}
