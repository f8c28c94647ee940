/**
 * Decides about the runs of a partition: takes over, takes inputs from either lane, journals each decision as one
 * record, and sees to its effects.
 */
@NullMarked
package io.breadcrumbs.engine.coordinator;

import org.jspecify.annotations.NullMarked;
