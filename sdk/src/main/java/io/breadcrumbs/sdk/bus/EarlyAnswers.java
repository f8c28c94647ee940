package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The newest answers that nobody awaited when they came. Not safe for threads. */
final class EarlyAnswers {

    private final int most;
    private final long charsAtMost;
    private final LinkedHashMap<String, ToolResponse> byRequest = new LinkedHashMap<>();
    private long chars;

    EarlyAnswers(int most, long charsAtMost) {
        this.most = most;
        this.charsAtMost = charsAtMost;
    }

    /** Keeps an answer, unless there is one: the first counts. */
    void keep(ToolResponse answer) {
        if (byRequest.putIfAbsent(answer.getRequestId(), answer) != null) {
            return;
        }
        chars += chars(answer);
        Iterator<ToolResponse> eldest = byRequest.values().iterator();
        while (byRequest.size() > most || chars > charsAtMost) {
            chars -= chars(eldest.next());
            eldest.remove();
        }
    }

    /** Stays kept: others may await it as well. */
    @Nullable
    ToolResponse of(String requestId) {
        return byRequest.get(requestId);
    }

    private static long chars(ToolResponse answer) {
        String output = answer.getOutput();
        return output == null ? 0 : output.length();
    }
}
