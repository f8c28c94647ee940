package io.breadcrumbs.runner.builtin.workflow;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Digests;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of the run that a request asks for: the same for the same attempt at the same effect, whoever makes it. It has
 * the number of such runs above it, which a run that asks for itself would otherwise lead on for ever.
 */
record RunName(String runId, int depth) {

    static final int MOST_DEPTH = 50;

    private static final Pattern ABOVE = Pattern.compile("workflow-(\\d{1,3})-[0-9a-f]{32}([./].*)?");

    /** @throws ToolFailure if there are too many runs above it */
    static RunName of(ToolContext context) throws ToolFailure {
        ToolRequest request = context.request();
        int depth = depth(request.getRunId() == null ? "" : request.getRunId());
        if (depth > MOST_DEPTH) {
            throw ToolFailure.limit("TOO_DEEP", "expected runs to ask for each other at most " + MOST_DEPTH + " deep");
        }
        String cause = request.getMeta().getWorkspace() + "\0" + context.idempotencyKey() + "\0" + request.getAttempt();
        return new RunName("workflow-" + depth + "-" + hash(cause), depth);
    }

    private static int depth(String above) {
        Matcher same = ABOVE.matcher(above);
        return same.matches() ? Integer.parseInt(same.group(1)) + 1 : above.isEmpty() ? 0 : 1;
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Digests.sha256(text), 0, 16);
    }
}
