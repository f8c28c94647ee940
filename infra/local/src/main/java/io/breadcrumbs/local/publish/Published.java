package io.breadcrumbs.local.publish;

import java.util.List;

/**
 * What came of publishing.
 *
 * @param positions of what is durable
 * @param failures of what is not, or of what nobody knows
 * @param untried how many records came after a failure, and were left alone
 */
public record Published(List<String> positions, List<Failure> failures, int untried) {

    public Published {
        positions = List.copyOf(positions);
        failures = List.copyOf(failures);
    }

    /** The line on which a record begins, and why it is not durable. */
    public record Failure(int line, String reason) {}

    /** The failures in one line; every broken acknowledgement has its own, and mostly the same reason. */
    public String summary(String source) {
        Failure first = failures.getFirst();
        String others = failures.size() == 1
                ? ""
                : "; " + (failures.size() - 1) + " more failed, up to line "
                        + failures.getLast().line();
        return source + ":" + first.line() + ": " + first.reason() + others + "; " + positions.size() + " published, "
                + untried + " after them not tried";
    }
}
