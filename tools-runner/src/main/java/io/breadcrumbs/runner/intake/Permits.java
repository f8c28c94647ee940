package io.breadcrumbs.runner.intake;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The execution slots of a runner. Who executes has one; who waits gives it back and asks for it again. Those who ask
 * again come before newcomers, since they free what they hold. Thread-safe; calls nobody under its monitor.
 */
final class Permits {

    private final int all;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Permits(int all) {
        this.all = all;
        this.free = all;
    }

    /** Takes one for a newcomer; false if there is none to spare. */
    synchronized boolean take() {
        if (free == 0 || !waiting.isEmpty()) {
            return false;
        }
        free--;
        return true;
    }

    /** Calls {@code then} as soon as there is one, which is taken; at once or from who gives one back. */
    void takeAgain(Runnable then) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(then);
                return;
            }
            free--;
        }
        then.run();
    }

    void giveBack() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.run();
    }

    synchronized int taken() {
        return all - free;
    }
}
