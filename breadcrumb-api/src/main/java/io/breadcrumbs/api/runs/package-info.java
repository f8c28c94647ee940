/**
 * Runs as the door has them: a view of the journal that knows how each run stands and where its events are, what
 * viewers see of one, and the desk at which all doors ask. The view is fed by tails; the desk blocks.
 */
@NullMarked
package io.breadcrumbs.api.runs;

import org.jspecify.annotations.NullMarked;
