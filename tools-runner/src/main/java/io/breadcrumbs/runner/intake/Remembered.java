package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this runner knows of requests by their id: those that are open, and for a while the answers of the others. A
 * request without an id is like no other. Thread-safe. What is forgotten here, and repeated, is still decided by the
 * first answer in the log.
 */
class Remembered {

    /** The newest answers are kept: of so much output in all, and so many as the settings say. */
    static final long BYTES_AT_MOST = 32L << 20;

    private static final int OVERHEAD_BYTES = 600;

    private final Map<String, Work> open = new ConcurrentHashMap<>();
    private final LinkedHashMap<String, ToolResponse> answers = new LinkedHashMap<>();
    private final Set<Work> nameless = ConcurrentHashMap.newKeySet();
    private final int answersAtMost;
    private long bytes;

    /** @param answersAtMost how many answers are kept */
    Remembered(int answersAtMost) {
        this.answersAtMost = answersAtMost;
    }

    /** The work that has this id; takes note of the new one if there is none. */
    @Nullable
    Work openOr(Work work) {
        String id = work.request().getRequestId();
        if (id.isEmpty()) {
            nameless.add(work);
            return null;
        }
        return open.putIfAbsent(id, work);
    }

    @Nullable
    Work open(String id) {
        return open.get(id);
    }

    Collection<Work> open() {
        if (nameless.isEmpty()) {
            return open.values();
        }
        List<Work> all = new ArrayList<>(open.values());
        all.addAll(nameless);
        return all;
    }

    @Nullable
    ToolResponse answer(String id) {
        synchronized (answers) {
            return answers.get(id);
        }
    }

    /** The work's answer is acknowledged. */
    void answered(Work work, ToolResponse response) {
        String id = work.request().getRequestId();
        if (id.isEmpty()) {
            nameless.remove(work);
            return;
        }
        synchronized (answers) {
            ToolResponse before = answers.put(id, response);
            bytes += size(response) - (before == null ? 0 : size(before));
            while (answers.size() > answersAtMost || bytes > BYTES_AT_MOST) {
                Map.Entry<String, ToolResponse> eldest = answers.pollFirstEntry();
                bytes -= size(eldest.getValue());
            }
        }
        open.remove(id, work);
    }

    /** The work ends without an answer of ours. */
    void forget(Work work) {
        open.remove(work.request().getRequestId(), work);
        nameless.remove(work);
    }

    private static long size(ToolResponse response) {
        String output = response.getOutput();
        return OVERHEAD_BYTES + (output == null ? 0 : 2L * output.length());
    }
}
