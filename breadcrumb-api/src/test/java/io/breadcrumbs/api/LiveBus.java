package io.breadcrumbs.api;

import io.breadcrumbs.api.owner.Ownership;
import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Buses in memory for who blocks: one thread runs the simulation by itself, and all that is asked of its buses. */
final class LiveBus implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(1);

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final BlockingQueue<FutureTask<?>> asked = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("live-bus").start(this::run);

    private void run() {
        try {
            while (true) {
                FutureTask<?> next = asked.poll(STEP.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
                scheduler.run(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is over
        }
    }

    /** The bus of a process. */
    Bus of(String process) throws Exception {
        return here(() -> alive(Bus.class, MemoryBus.in(cluster.process(process), MemoryBus.wire(), scheduler)));
    }

    /** Somebody who decides about breadcrumbs, in a process that the thread runs. */
    void own(String process) throws Exception {
        here(() -> {
            MemoryProcess owner = cluster.process(process);
            return new Ownership(MemoryBus.in(owner, MemoryBus.wire(), scheduler), owner, owner::execute);
        });
    }

    /** The view of a process that the thread runs. */
    BreadcrumbView view(String process, Path folder) throws Exception {
        return here(() -> {
            MemoryProcess reader = cluster.process(process);
            MemoryBus bus = MemoryBus.in(reader, MemoryBus.wire(), scheduler);
            return new BreadcrumbView(bus, reader, reader::execute, folder);
        });
    }

    /** From now on the log behaves like this. */
    void behave(Faults faults) throws Exception {
        here(() -> {
            cluster.behave(faults);
            return faults;
        });
    }

    private <T> T alive(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> here(() -> {
                    try {
                        return alive(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception failure ? failure : e;
                    }
                })));
    }

    private @Nullable Object alive(@Nullable Object answer) {
        return switch (answer) {
            case Tail tail -> alive(Tail.class, tail);
            case Writer writer -> alive(Writer.class, writer);
            case null, default -> answer;
        };
    }

    private <T extends @Nullable Object> T here(Callable<T> task) throws Exception {
        if (Thread.currentThread().equals(thread)) {
            return task.call();
        }
        FutureTask<T> asking = new FutureTask<>(task);
        asked.add(asking);
        try {
            return asking.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
