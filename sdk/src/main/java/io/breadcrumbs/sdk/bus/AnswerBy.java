package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.log.OtherHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header of requests: by when the engine has to answer one that nobody else has answered, in milliseconds since 1970.
 * It spares who reads all requests to look into them, most of all into those of runs, which have 0: the run itself sees
 * to them, and so does nobody where there is no deadline, or where the answer would stand in another partition.
 */
public final class AnswerBy {

    public static final String HEADER = "answer-by";

    /** The engine has nothing to do with it. */
    public static final long NEVER = 0;

    /** There is no such header: somebody has published it who does not know the bus. */
    public static final long UNKNOWN = -1;

    private static final List<OtherHeader> NEVER_HEADER = List.of(header(NEVER));

    private AnswerBy() {}

    static List<OtherHeader> headers(Draft<?> draft) {
        if (!(draft.value() instanceof ToolRequest request)) {
            return List.of();
        }
        long by = draft.partition() == null ? of(request, draft.key()) : NEVER;
        return by == NEVER ? NEVER_HEADER : List.of(header(by));
    }

    /** By when a request under this key is to be answered. */
    public static long of(ToolRequest request, String key) {
        String answered = request.getAwaitKey() == null ? request.getRequestId() : request.getAwaitKey();
        boolean beside = request.getRequestId().equals(key) && answered.equals(key);
        return request.getRunId() == null && beside ? Math.max(NEVER, request.getDeadlineMs()) : NEVER;
    }

    /** What a header says; null: there is none. */
    public static long read(byte @Nullable [] value) {
        if (value == null) {
            return UNKNOWN;
        }
        if (value.length == 1 && value[0] == '0') {
            return NEVER;
        }
        try {
            return Math.max(NEVER, Long.parseLong(new String(value, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException e) {
            return UNKNOWN; // not written by a bus
        }
    }

    private static OtherHeader header(long by) {
        return new OtherHeader(HEADER, Long.toString(by).getBytes(StandardCharsets.US_ASCII));
    }
}
