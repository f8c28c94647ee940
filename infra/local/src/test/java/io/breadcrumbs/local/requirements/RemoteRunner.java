package io.breadcrumbs.local.requirements;

import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.intake.Observer;
import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A runner of the built-in tools as a process of its own. It ends in order when its standard input ends. */
public final class RemoteRunner {

    private RemoteRunner() {}

    /** Arguments: bootstrap servers, registry URL, trail file, name. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        String name = arguments[3];
        try (Trail trail = new Trail(Path.of(arguments[2]));
                SystemTime time = new SystemTime(name);
                Bus bus = KafkaBus.connect(BusSettings.of(arguments[0], arguments[1], name))) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
            Surroundings around = new Surroundings(
                    new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                    time,
                    Thread::startVirtualThread,
                    new ExecutionLog().and(new Noting(trail)));
            try (Runner runner =
                    new Runner(bus, RunnerSettings.DEFAULT, new JavaTools(JavaTools.found()), List.of(), around)) {
                runner.joined().join();
                trail.note(Kind.READY, bus.instance());
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Notes what is executed, and what has its answer. */
    private record Noting(Trail trail) implements Observer {

        @Override
        public void begins(Work work) {
            trail.note(Kind.EXECUTED, work.request().getRequestId());
        }

        @Override
        public void answered(Work work, ToolResponse response) {
            trail.note(Kind.DONE, response.getRequestId());
        }

        @Override
        public void clings(Work work) {
            // the log of the process says so
        }
    }
}
