package io.breadcrumbs.engine.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests that no run has made, until they are answered: one row each, by their deadlines, and an index of the
 * rows by their ids, which is made again from them. The thread that reads the log owns the index; any may read the
 * rows.
 */
final class OpenCalls {

    /**
     * So many are found by their ids. The rows of further ones stay until their deadlines, and they are answered then a
     * second time, if they were before: the first answer counts.
     */
    private static final int MOST_FOUND = 100_000;

    /** So many answers are remembered that were read before their requests: these stand on other topics. */
    private static final int MOST_EARLY = 10_000;

    private final Rows rows;
    private final Map<String, Long> deadlines = new HashMap<>();
    private final Set<String> early = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_EARLY;
        }
    });

    OpenCalls(Rows rows) {
        this.rows = rows;
        rows.scanWhile(Keys.all(Keys.CALL), (key, bytes) -> {
            OpenCall call = OpenCall.read(key, bytes);
            deadlines.put(call.requestId(), call.deadline());
            return deadlines.size() < MOST_FOUND;
        });
    }

    /** A request has come; false if its answer has come before, or it is only repeated. */
    boolean asked(OpenCall call) {
        if (early.remove(call.requestId()) || deadlines.containsKey(call.requestId())) {
            return false;
        }
        if (deadlines.size() < MOST_FOUND) {
            deadlines.put(call.requestId(), call.deadline());
        }
        rows.put(call.key(), call.bytes());
        return true;
    }

    /** An answer has come to a request that no run has made. */
    void answered(String requestId) {
        Long deadline = deadlines.remove(requestId);
        if (deadline == null) {
            early.add(requestId);
        } else {
            rows.delete(new OpenCall(requestId, deadline, "", 0).key());
        }
    }

    /** Those whose deadlines are the next. Any thread. */
    List<OpenCall> next(int most) {
        List<OpenCall> next = new ArrayList<>();
        rows.scanWhile(Keys.all(Keys.CALL), (key, bytes) -> {
            next.add(OpenCall.read(key, bytes));
            return next.size() < most;
        });
        return next;
    }
}
