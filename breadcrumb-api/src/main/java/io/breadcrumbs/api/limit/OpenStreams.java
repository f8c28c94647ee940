package io.breadcrumbs.api.limit;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many streams each caller has open here. Who has none has no entry. */
public final class OpenStreams {

    private final int most;
    private final Map<Place, Integer> open = new ConcurrentHashMap<>();

    private record Place(String workspace, String name) {}

    /** An open stream; closing it a second time changes nothing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    public OpenStreams(LimitSettings settings) {
        this.most = settings.streams();
    }

    /** Counts a stream until it is closed; a problem if the caller has too many. */
    public Permit open(Caller caller) {
        Place place = new Place(caller.workspace(), caller.name());
        open.compute(place, (_, before) -> {
            int now = before == null ? 1 : before + 1;
            if (now > most) {
                throw new ProblemException(
                        ProblemCode.TOO_MANY,
                        "expected at most " + most + " open streams of " + caller.name() + ", got one more");
            }
            return now;
        });
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                open.computeIfPresent(place, (_, now) -> now == 1 ? null : now - 1);
            }
        };
    }

    /** How many callers have streams open. */
    int size() {
        return open.size();
    }
}
