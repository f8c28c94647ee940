package io.breadcrumbs.engine.overdue;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.OpenCall;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a partition that no run has made, when nobody has answered them in time.
 *
 * <p>It puts a mark behind the answers that are in the log. What is still open in the memory when the mark comes by was
 * not answered before it, neither by a runner nor by the owner before nor by itself: so each is answered once, unless
 * two take themselves for the owner.
 *
 * <p>One thread at a time, but for {@link #isSooner}.
 */
public final class Overdue {

    private static final String MARK = "overdue/";

    /** Runners answer by themselves what they give up at its deadline: they have this much time for that. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofMillis(100);
    /** A mark that has not come by then is lost. */
    private static final Duration LOST = Duration.ofSeconds(5);

    private static final int AT_A_TIME = 500;

    private final Memory memory;
    private final Time time;
    private final Marks marks;
    private final Timeouts timeouts;
    private final Consumer<Runnable> post;
    private final String name;
    private volatile long lookAt = Long.MAX_VALUE;
    private @Nullable Runnable alarm;
    private String mark = "";
    private long markedAt;
    private int marked;
    private boolean answering;
    private boolean closed;

    /**
     * @param name tells its marks from those of others
     * @param post does something on its thread
     */
    public Overdue(String name, Memory memory, Around around, Consumer<Runnable> post) {
        this.name = name;
        this.memory = memory;
        this.time = around.time();
        this.post = post;
        marks = new Marks(around.bus(), around.time(), around.partition());
        timeouts = new Timeouts(around);
    }

    /** Whether an answer is the mark of one of these. */
    public static boolean isMark(String id) {
        return id.startsWith(MARK);
    }

    /** Where it works. */
    public record Around(int partition, Bus bus, Time time, Facts.Tools tools) {}

    /** Takes up what is open. */
    public void begin() {
        look();
    }

    /** Whether {@link #expect} is to be told of a request with this deadline. Any thread. */
    public boolean isSooner(long deadline) {
        return deadline + GRACE.toMillis() < lookAt;
    }

    /** A request has come with this deadline. */
    public void expect(long deadline) {
        if (isSooner(deadline)) {
            lookAt(deadline + GRACE.toMillis());
        }
    }

    private void lookAt(long at) {
        if (closed) {
            return;
        }
        if (alarm != null) {
            alarm.run();
        }
        lookAt = at;
        long delay = Math.max(0, at - time.now().toEpochMilli());
        alarm = time.after(Duration.ofMillis(delay), () -> post.accept(this::look));
    }

    private void look() {
        if (closed || answering) { // who has answered looks again
            return;
        }
        lookAt = Long.MAX_VALUE; // before the rows are read: what comes meanwhile says so
        List<OpenCall> first = memory.calls(1);
        if (first.isEmpty()) {
            return;
        }
        long due = first.getFirst().deadline() + GRACE.toMillis();
        long now = time.now().toEpochMilli();
        if (due > now) {
            lookAt(due);
            return;
        }
        markedAt = now;
        mark = MARK + name + "/" + ++marked;
        marks.put(mark);
        lookAt(now + LOST.toMillis());
    }

    /** Somebody's mark has come by. */
    public void passed(String id) {
        if (closed || !id.equals(mark)) {
            return;
        }
        mark = "";
        long before = markedAt - GRACE.toMillis();
        List<OpenCall> due = memory.calls(AT_A_TIME).stream()
                .filter(call -> call.deadline() <= before)
                .toList();
        answering = true;
        timeouts.answer(due)
                .whenComplete((_, _) -> post.accept(() -> {
                    answering = false;
                    lookAt(time.now().toEpochMilli() + AGAIN.toMillis());
                }));
    }

    public void close() {
        closed = true;
        if (alarm != null) {
            alarm.run();
        }
    }
}
