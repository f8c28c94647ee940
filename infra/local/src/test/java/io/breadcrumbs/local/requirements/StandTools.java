package io.breadcrumbs.local.requirements;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Tools that fail until somebody mends them, that never end, and that say what they were given. */
final class StandTools {

    /** How often each key was executed. */
    static final Map<String, Integer> EXECUTED = new ConcurrentHashMap<>();

    /** Keys of {@code brittle} that do not fail any more. */
    static final Set<String> MENDED = ConcurrentHashMap.newKeySet();

    /** Keys of {@code hang} that were interrupted. */
    static final Set<String> INTERRUPTED = ConcurrentHashMap.newKeySet();

    private StandTools() {}

    static List<Tool<?, ?>> all() {
        return List.of(new Nil(), new Give(), new Flaky(), new Brittle(), new Hang());
    }

    record Nothing() {}

    /** Does nothing. */
    record Nil() implements Tool<Nothing, Nothing> {

        @Override
        public ToolSpec<Nothing, Nothing> spec() {
            return ToolSpec.of("nil", "Does nothing.", Nothing.class, Nothing.class)
                    .effects(SideEffects.NONE);
        }

        @Override
        public Nothing execute(Nothing input, ToolContext context) {
            return input;
        }
    }

    record Key(String key) {}

    /** Gives back its key. */
    record Give() implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of("give", "Gives back its key.", Key.class, Key.class)
                    .effects(SideEffects.NONE);
        }

        @Override
        public Key execute(Key input, ToolContext context) {
            EXECUTED.merge(input.key(), 1, Integer::sum);
            return input;
        }
    }

    /** Fails twice for each key, and works then. */
    record Flaky() implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of("flaky", "Fails twice.", Key.class, Key.class);
        }

        @Override
        public Key execute(Key input, ToolContext context) {
            if (EXECUTED.merge(input.key(), 1, Integer::sum) <= 2) {
                throw new IllegalStateException("not yet");
            }
            return input;
        }
    }

    /** Fails until its key is mended. */
    record Brittle() implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of("brittle", "Fails until it is mended.", Key.class, Key.class);
        }

        @Override
        public Key execute(Key input, ToolContext context) {
            EXECUTED.merge(input.key(), 1, Integer::sum);
            if (!MENDED.contains(input.key())) {
                throw new IllegalStateException("broken");
            }
            return input;
        }
    }

    /** Never ends by itself. */
    record Hang() implements Tool<Key, Key> {

        @Override
        public ToolSpec<Key, Key> spec() {
            return ToolSpec.of("hang", "Never ends.", Key.class, Key.class);
        }

        @Override
        public Key execute(Key input, ToolContext context) throws InterruptedException {
            EXECUTED.merge(input.key(), 1, Integer::sum);
            try {
                new CountDownLatch(1).await();
                return input;
            } catch (InterruptedException e) {
                INTERRUPTED.add(input.key());
                throw e;
            }
        }
    }
}
