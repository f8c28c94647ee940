package io.breadcrumbs.local.bench.tools;

import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The tools that the benchmark calls, in a pool of their own. */
final class BenchTools {

    static final String ECHO = "bench-echo";
    static final String TIMER = "bench-timer";
    static final String SLOW = "bench-slow";

    /** How many executions of the slow tool there are at once, and how long each computes. */
    static final int SLOW_AT_ONCE = 50;

    private static final Duration SLOW_FOR = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Holds the slow tool while there is one. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    List<Tool<?, ?>> all() {
        return List.of(new Echo(), new Timer(), new Slow());
    }

    /** The slow tool ends nothing before the gate opens. */
    void closeGate() {
        gate = new CountDownLatch(1);
    }

    void openGate() {
        gate.countDown();
    }

    record Text(String text) {}

    record Wait(BigDecimal seconds) {}

    private static <I> ToolSpec<I, I> spec(String name, String description, Class<I> type) {
        return ToolSpec.of(name, description, type, type)
                .effects(SideEffects.NONE)
                .pool(BenchTopics.TOOLS_POOL)
                .timeout(LONG);
    }

    /** As the built-in tool of that name. */
    private record Echo() implements Tool<Text, Text> {

        @Override
        public ToolSpec<Text, Text> spec() {
            return BenchTools.spec(ECHO, "Gives back what it is given.", Text.class);
        }

        @Override
        public Text execute(Text input, ToolContext context) {
            return input;
        }
    }

    /** As the built-in tool of that name. */
    private record Timer() implements Tool<Wait, Wait> {

        @Override
        public ToolSpec<Wait, Wait> spec() {
            return BenchTools.spec(TIMER, "Waits without a slot.", Wait.class);
        }

        @Override
        public Wait execute(Wait input, ToolContext context) throws InterruptedException {
            context.sleep(Duration.ofNanos(input.seconds().movePointRight(9).longValueExact()));
            return input;
        }
    }

    /** Keeps its slot. */
    private final class Slow implements Tool<Text, Text> {

        @Override
        public ToolSpec<Text, Text> spec() {
            return BenchTools.spec(SLOW, "Takes its time.", Text.class).concurrency(SLOW_AT_ONCE);
        }

        @Override
        public Text execute(Text input, ToolContext context) throws InterruptedException {
            gate.await();
            Thread.sleep(SLOW_FOR);
            return input;
        }
    }
}
