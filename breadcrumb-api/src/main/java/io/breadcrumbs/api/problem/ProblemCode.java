package io.breadcrumbs.api.problem;

import java.util.Locale;

/** What can go wrong for a caller, by stable names, and what to do about it. */
public enum ProblemCode {
    INVALID(400, "The request is wrong", "Mend what the detail names, and ask again."),
    UNAUTHENTICATED(401, "Nobody knows who asks", "Send a valid token or API key."),
    FORBIDDEN(403, "The caller may not do this", "Ask for the role, or as somebody who has it."),
    NOT_FOUND(404, "There is no such thing", "Check the address and the id, and in which workspace it is."),
    METHOD(405, "The address has no such method", "Use one that the answer's Allow header names."),
    MEDIA_TYPE(415, "The body is of another type", "Send JSON, with the header Content-Type: application/json."),
    EXISTS(409, "There is one already", "Choose another id, or change the one that is there."),
    STATE(409, "It is not so that this can be done", "Look how it stands, and ask for what can be done now."),
    CANCELLED(409, "It was stopped", "Ask again if the answer is wanted after all."),
    GONE(
            410,
            "What was asked for is not kept any more",
            "Begin anew: read what there is now, and then watch what comes."),
    VERSION(412, "It has changed meanwhile", "Get it again, and make the change against the version that it has."),
    TOO_LARGE(413, "The request is too large", "Send less at once."),
    RUN_ENDED_BADLY(
            422, "The run did not end well", "Look at its error; mend what it names, and retry or start it again."),
    TOO_MANY(429, "Too many requests", "Wait as long as the Retry-After header says, and ask again."),
    INTERNAL(500, "Something failed that should not", "Ask again; if it stays so, the platform's log says why."),
    TOOL_FAILED(502, "The tool failed", "The error says why; the same request may fail again."),
    TIMEOUT(
            504,
            "The tool did not answer in time",
            "It may have been done all the same. Allow more time, or start a run and look at it later."),
    UNAVAILABLE(503, "The platform cannot do this now", "Wait as long as the Retry-After header says, and ask again."),
    OUTCOME_UNKNOWN(
            503,
            "No answer came in time",
            "It may have been done. Ask again with the same Idempotency-Key or id: it is done once at most."),
    NO_MASTER_KEY(
            503,
            "Secrets cannot be kept here",
            "Set BREADCRUMBS_MASTER_KEY, or BREADCRUMBS_MASTER_KEY_FILE, where the door and the runners run."),
    TOOL_OUTCOME_UNKNOWN(
            503,
            "Nobody knows what became of it",
            "It was begun, and may have been done. Find out before you ask again.");

    private final int status;
    private final String title;
    private final String cure;

    ProblemCode(int status, String title, String cure) {
        this.status = status;
        this.title = title;
        this.cure = cure;
    }

    public int status() {
        return status;
    }

    String title() {
        return title;
    }

    String cure() {
        return cure;
    }

    /** Whether the same request may meet better times. */
    boolean passes() {
        return (status == 503 && this != TOOL_OUTCOME_UNKNOWN && this != NO_MASTER_KEY) || status == 429;
    }

    /** The name as it stands in documents. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The code of a status that a route did not choose. */
    static ProblemCode of(int status) {
        for (ProblemCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status < 500 ? INVALID : INTERNAL;
    }
}
