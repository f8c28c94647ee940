package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;

/**
 * Why a step or a run failed.
 *
 * @param kind as in answers: {@code validation}, {@code not-found}, {@code timeout} and so on
 * @param code a stable name, for programs
 * @param message what was expected and what came, for people
 * @param retryable whether the same can succeed later
 */
public record RunError(String kind, String code, String message, boolean retryable) {

    public static final String VALIDATION = "validation";
    public static final String NOT_FOUND = "not-found";
    public static final String TIMEOUT = "timeout";
    public static final String CANCELLED = "cancelled";
    public static final String RUNTIME = "runtime";
    public static final String OUTCOME_UNKNOWN = "outcome-unknown";

    /** The code of what an engine could not decide. */
    public static final String ENGINE_FAULT = "ENGINE_FAULT";

    public static RunError invalid(String code, String message) {
        return new RunError(VALIDATION, code, message, false);
    }

    public static RunError timeout(String code, String message) {
        return new RunError(TIMEOUT, code, message, true);
    }

    /** An engine failed; its log says more. */
    public static RunError fault(String message) {
        return new RunError(RUNTIME, ENGINE_FAULT, message, false);
    }

    /**
     * Whether a tool that failed so may have done its work all the same. Of a timeout before it began its runner says
     * that the same can succeed later.
     */
    public boolean leavesOutcomeOpen() {
        return !retryable && (kind.equals(TIMEOUT) || kind.equals(OUTCOME_UNKNOWN));
    }

    /** The failure of a step, as its run says it. */
    public RunError in(String where) {
        return new RunError(kind, code, where + ": " + message, retryable);
    }

    /** As references and callers see it. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("kind", kind)
                .put("code", code)
                .put("message", message)
                .put("retryable", Json.of(retryable))
                .build();
    }
}
