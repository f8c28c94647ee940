package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets those who name the same id act one after another; it keeps those ids only that somebody is busy with. */
final class Turns {

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    /** The turns of an id; {@code users} is changed only by who computes the map's entry. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /** Acts when nobody else does under this id. */
    <T> T take(String id, Supplier<T> act) {
        Turn turn = turns.compute(id, (_, there) -> entered(there));
        try {
            if (!turn.lock.tryLock(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "another start of " + id + " has not become durable within " + Waiting.PATIENCE.toSeconds()
                                + " s");
            }
            try {
                return act.get();
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "this instance stops");
        } finally {
            turns.computeIfPresent(id, (_, there) -> left(there));
        }
    }

    private static Turn entered(@Nullable Turn there) {
        Turn turn = there == null ? new Turn() : there;
        turn.users++;
        return turn;
    }

    private static @Nullable Turn left(Turn turn) {
        turn.users--;
        return turn.users == 0 ? null : turn;
    }

    /** How many ids somebody is busy with. */
    int size() {
        return turns.size();
    }
}
