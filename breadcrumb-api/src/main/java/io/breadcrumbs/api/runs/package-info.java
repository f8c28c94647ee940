/**
 * Runs as the door has them: the desk at which all doors ask, and what viewers see of a run. The desk blocks; what it
 * knows of runs is in {@code view}.
 */
@NullMarked
package io.breadcrumbs.api.runs;

import org.jspecify.annotations.NullMarked;
