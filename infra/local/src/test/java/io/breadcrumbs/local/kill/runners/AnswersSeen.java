package io.breadcrumbs.local.kill.runners;

import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All answers in the log's order, and when each was read. Guarded by its monitor. */
final class AnswersSeen implements TailReader<ToolResponse> {

    private final Map<String, List<Answer>> byRequest = new HashMap<>();

    /**
     * An answer to a request.
     *
     * @param seenAtMs when the log had it for certain
     */
    record Answer(ToolResponse response, long seenAtMs) {

        /** The code of its error; empty if it is none. */
        String error() {
            ToolError error = response.getError();
            return error == null ? "" : error.getCode();
        }
    }

    @Override
    public synchronized void read(Breadcrumb<ToolResponse> breadcrumb, Position position, Lane lane) {
        ToolResponse response = breadcrumb.value();
        if (response != null) {
            byRequest
                    .computeIfAbsent(response.getRequestId(), _ -> new ArrayList<>(1))
                    .add(new Answer(response, System.currentTimeMillis()));
        }
    }

    synchronized boolean has(Collection<String> requests) {
        return byRequest.keySet().containsAll(requests);
    }

    synchronized Map<String, List<Answer>> all() {
        return Map.copyOf(byRequest);
    }
}
