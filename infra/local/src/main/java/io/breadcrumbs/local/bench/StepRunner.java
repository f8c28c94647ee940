package io.breadcrumbs.local.bench;

import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.metrics.RunnerMetrics;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A runner that has the one tool for which all steps of the measured runs ask. */
public final class StepRunner implements AutoCloseable {

    public static final String TOOL = "bench-step";

    private static final long PATIENCE_SECONDS = 60;

    private final SystemTime time = new SystemTime("bench-runner");
    private final Runner runner;

    /**
     * Returns when it has joined its group.
     *
     * @param effects that the tool says it has
     */
    public StepRunner(Bus bus, SideEffects effects) throws InterruptedException, ExecutionException, TimeoutException {
        runner = new Runner(
                bus,
                new RunnerSettings(Set.of(BenchTopics.TOOLS_POOL), RunnerSettings.DEFAULT.concurrency()),
                new JavaTools(List.of(new GiveBack(effects))),
                List.of(),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog().and(new RunnerMetrics(new SimpleMeterRegistry()))));
        runner.joined().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        runner.close();
        time.close();
    }

    record Text(String text) {}

    private record GiveBack(SideEffects effects) implements Tool<Text, Text> {

        @Override
        public ToolSpec<Text, Text> spec() {
            return ToolSpec.of(TOOL, "Gives back what it is given.", Text.class, Text.class)
                    .effects(effects)
                    .pool(BenchTopics.TOOLS_POOL);
        }

        @Override
        public Text execute(Text input, ToolContext context) {
            return input;
        }
    }
}
