/**
 * What a runner tells of itself in numbers, by Micrometer; {@code docs/metrics.md} has the names. Uses the runner from
 * outside, which knows nothing of this. Counted on the threads of the executions, asked by whoever looks.
 */
@NullMarked
package io.breadcrumbs.runner.metrics;

import org.jspecify.annotations.NullMarked;
