package io.breadcrumbs.engine.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs tasks one after another, in the order in which they were posted, on threads of an executor. */
public final class Mailbox {

    /** After so many tasks others get their turn. */
    private static final int AT_A_TIME = 200;

    private final Executor hands;
    private final Consumer<RuntimeException> failed;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Object running = new Object();
    private volatile boolean closed;

    /** @param failed told when a task has thrown; the next one runs all the same */
    public Mailbox(Executor hands, Consumer<RuntimeException> failed) {
        this.hands = hands;
        this.failed = failed;
    }

    /** How many tasks wait. */
    public int size() {
        return size.get();
    }

    public void post(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        size.incrementAndGet();
        wake();
    }

    private void wake() {
        if (!busy.get() && busy.compareAndSet(false, true)) {
            hands.execute(this::work);
        }
    }

    private void work() {
        synchronized (running) {
            for (int i = 0; i < AT_A_TIME && !closed; i++) {
                Runnable task = tasks.poll();
                if (task == null) {
                    break;
                }
                size.decrementAndGet();
                run(task);
            }
        }
        busy.set(false);
        if (!tasks.isEmpty() && !closed) {
            wake();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    /** Nothing runs after this; waits for the task that does, which waits for nothing. */
    public void close() {
        closed = true;
        synchronized (running) {
            tasks.clear();
        }
    }
}
