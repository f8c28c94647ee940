package io.breadcrumbs.sdk.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Time and chance of a simulation: tasks run one after another, in the order of a clock that jumps from one to the
 * next.
 */
public final class SeededScheduler {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;
    private final PriorityQueue<Task> queue = new PriorityQueue<>();
    private final List<Runnable> afterRun = new ArrayList<>();
    private long nowMicros;
    private long count;
    private long ran;

    public SeededScheduler(long seed) {
        random = new Random(new SplittableRandom(seed).nextLong()); // Random itself begins alike for seeds in a row
    }

    public Random random() {
        return random;
    }

    public Instant now() {
        return BEGIN.plusNanos(nowMicros * 1000);
    }

    public long nowMicros() {
        return nowMicros;
    }

    /** How many tasks have run. */
    public long ran() {
        return ran;
    }

    /** Runs the task after a delay; the handle cancels it. */
    public Runnable after(long delayMicros, Runnable action) {
        Task task = new Task(nowMicros + Math.max(0, delayMicros), count++, action);
        queue.add(task);
        return () -> queue.remove(task);
    }

    public Runnable after(Duration delay, Runnable action) {
        return after(delay.toNanos() / 1000, action);
    }

    /** Runs the task at some moment between the two delays. */
    public void between(long fromMicros, long toMicros, Runnable action) {
        after(fromMicros + (long) (random.nextDouble() * (toMicros - fromMicros)), action);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Runs the next task; false if there is none before the time. */
    public boolean step(long untilMicros) {
        @Nullable Task task = queue.peek();
        if (task == null || task.atMicros > untilMicros) {
            nowMicros = Math.max(nowMicros, untilMicros);
            return false;
        }
        queue.remove();
        nowMicros = task.atMicros;
        ran++;
        task.action.run();
        return true;
    }

    /** Runs all tasks of the next so many microseconds. */
    public void run(long micros) {
        long until = nowMicros + micros;
        boolean more = true;
        while (more) {
            more = step(until);
        }
        afterRun.forEach(Runnable::run);
    }

    /** Runs all tasks that are due within this time. */
    public void run(Duration time) {
        run(time.toNanos() / 1000);
    }

    /** Looks, at the end of each {@code run}, whether what must hold does. */
    void afterRun(Runnable check) {
        afterRun.add(check);
    }

    private record Task(long atMicros, long number, Runnable action) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
