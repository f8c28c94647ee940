package io.breadcrumbs.local.publish;

import java.util.List;

/**
 * What came of publishing.
 *
 * @param positions of what is durable
 * @param failures of what is not, each with its line and the reason
 * @param untried how many records came after a failure, and were left alone
 */
public record Published(List<String> positions, List<String> failures, int untried) {

    public Published {
        positions = List.copyOf(positions);
        failures = List.copyOf(failures);
    }
}
