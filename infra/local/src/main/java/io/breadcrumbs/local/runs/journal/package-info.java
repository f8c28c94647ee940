/**
 * Runs as the command line reads them: tails of the journal, folded in the thread of the command. Uses the sdk's bus,
 * its journal and its fold. What tails hand over goes through one bounded queue; all else belongs to one thread.
 */
@NullMarked
package io.breadcrumbs.local.runs.journal;

import org.jspecify.annotations.NullMarked;
