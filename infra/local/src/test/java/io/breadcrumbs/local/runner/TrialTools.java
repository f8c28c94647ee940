package io.breadcrumbs.local.runner;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Tools that do what a runner has to cope with. */
final class TrialTools {

    /** What holds the executions of tool 'gate'. */
    static volatile CountDownLatch gate = new CountDownLatch(0);

    /** How often each key was counted. */
    static final Map<String, Integer> COUNTED = new ConcurrentHashMap<>();

    private TrialTools() {}

    static List<Tool<?, ?>> all() {
        return List.of(
                new Hang(),
                new HangBelow(),
                new Chatter(),
                new Gate(),
                new Nest(),
                new Fail(),
                new Effect(),
                new Count("count", SideEffects.NONE),
                new Count("pay", SideEffects.ONCE));
    }

    record None() {}

    /** Never ends by itself. */
    record Hang() implements Tool<None, None> {

        @Override
        public ToolSpec<None, None> spec() {
            return ToolSpec.of("hang", "Never ends.", None.class, None.class).timeout(Duration.ofSeconds(60));
        }

        @Override
        public None execute(None input, ToolContext context) throws InterruptedException {
            new CountDownLatch(1).await();
            return input;
        }
    }

    /** Waits for a tool that never ends. */
    record HangBelow() implements Tool<None, None> {

        @Override
        public ToolSpec<None, None> spec() {
            return ToolSpec.of("hang-below", "Waits for what never ends.", None.class, None.class)
                    .timeout(Duration.ofSeconds(60));
        }

        @Override
        public None execute(None input, ToolContext context) throws Exception {
            return context.ask("hang", input).await(None.class);
        }
    }

    /** Says something, and never ends. */
    record Chatter() implements Tool<None, None> {

        @Override
        public ToolSpec<None, None> spec() {
            return ToolSpec.of("chatter", "Talks and never ends.", None.class, None.class)
                    .timeout(Duration.ofSeconds(60));
        }

        @Override
        public None execute(None input, ToolContext context) throws InterruptedException {
            context.progress("I begin");
            new CountDownLatch(1).await();
            return input;
        }
    }

    record Depth(int depth) {}

    /** Asks itself, one level less deep, and waits. */
    record Nest() implements Tool<Depth, Depth> {

        @Override
        public ToolSpec<Depth, Depth> spec() {
            return ToolSpec.of("nest", "Asks itself.", Depth.class, Depth.class)
                    .effects(SideEffects.NONE)
                    .timeout(Duration.ofSeconds(60));
        }

        @Override
        public Depth execute(Depth input, ToolContext context) throws Exception {
            if (input.depth() == 0) {
                return input;
            }
            Depth below = context.ask("nest", new Depth(input.depth() - 1)).await(Depth.class);
            return new Depth(below.depth() + 1);
        }
    }

    /** Two at once, and none of them ends before the gate opens. */
    record Gate() implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of("gate", "Waits for the gate.", Key.class, Key.class)
                    .concurrency(2)
                    .timeout(Duration.ofSeconds(60));
        }

        @Override
        public Key execute(Key input, ToolContext context) throws InterruptedException {
            gate.await();
            COUNTED.merge(input.key(), 1, Integer::sum);
            return input;
        }
    }

    record Fail() implements Tool<None, None> {

        @Override
        public ToolSpec<None, None> spec() {
            return ToolSpec.of("fail", "Throws.", None.class, None.class);
        }

        @Override
        public None execute(None input, ToolContext context) {
            throw new IllegalStateException("as it does: timeout, cancelled, permission denied, not found, retry");
        }
    }

    record Key(String key) {}

    /** Says by which key outside systems would recognise its effect. */
    record Effect() implements Tool<None, Key> {

        @Override
        public ToolSpec<None, Key> spec() {
            return ToolSpec.of("key", "Says its key.", None.class, Key.class);
        }

        @Override
        public Key execute(None input, ToolContext context) {
            return new Key(context.idempotencyKey());
        }
    }

    /** Counts how often it is executed with a key. */
    record Count(String name, SideEffects effects) implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of(name, "Counts.", Key.class, Key.class).effects(effects);
        }

        @Override
        public Key execute(Key input, ToolContext context) {
            COUNTED.merge(input.key(), 1, Integer::sum);
            return input;
        }
    }
}
