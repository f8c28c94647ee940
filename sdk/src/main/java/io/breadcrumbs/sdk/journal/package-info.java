/**
 * The journal of runs, as it stands on {@code workflow.event.v1}: how events become records and records become events,
 * and which records count. Whoever folds runs, the engine, a view, the command line, reads them through here.
 */
@NullMarked
package io.breadcrumbs.sdk.journal;

import org.jspecify.annotations.NullMarked;
