package io.breadcrumbs.api.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;

/** A tool's failure as a problem: the kind of the failure chooses the status. */
final class ToolProblems {

    private ToolProblems() {}

    /** The problem that a failed answer is; what the answer says is in it as well. */
    static Problem of(ToolResponse response, ToolError error) {
        Problem problem = Problem.of(code(error), detail(error));
        ObjectNode answer = ToolShapes.answer(response);
        for (String name : new String[] {"request_id", "tool", "error", "execution_time_ms", "timestamp"}) {
            problem = problem.with(name, answer.get(name));
        }
        return problem;
    }

    private static String detail(ToolError error) {
        String field = error.getField();
        return field == null || field.isEmpty() || error.getMessage().contains("'" + field + "'")
                ? error.getMessage()
                : field + ": " + error.getMessage();
    }

    private static ProblemCode code(ToolError error) {
        return switch (error.getKind()) {
            case VALIDATION -> ProblemCode.INVALID;
            case NOT_FOUND -> ProblemCode.NOT_FOUND;
            case TIMEOUT -> ProblemCode.TIMEOUT;
            case CANCELLED -> ProblemCode.CANCELLED;
            case PERMISSION -> ProblemCode.FORBIDDEN;
            case CAPACITY -> error.getRetryable() ? ProblemCode.UNAVAILABLE : ProblemCode.TOOL_FAILED;
            case RUNTIME -> ProblemCode.TOOL_FAILED;
            case OUTCOME_UNKNOWN -> ProblemCode.TOOL_OUTCOME_UNKNOWN;
        };
    }
}
