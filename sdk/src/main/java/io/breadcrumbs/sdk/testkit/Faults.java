package io.breadcrumbs.sdk.testkit;

/**
 * How badly a memory cluster behaves; probabilities per append and per poll.
 *
 * @param lost an append is not executed, and reported as unknown after the timeout
 * @param executedButUnknown an append is executed, and reported as unknown after the timeout
 * @param refused an append is refused at once
 * @param lateAcknowledgement an acknowledgement takes much longer than usual
 * @param repeated a poll gives again what the poll before gave
 * @param uncommitted a commit does not happen
 * @param timeoutMicros when an append without acknowledgement is reported as unknown
 */
public record Faults(
        double lost,
        double executedButUnknown,
        double refused,
        double lateAcknowledgement,
        double repeated,
        double uncommitted,
        long timeoutMicros) {

    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 30_000);
}
