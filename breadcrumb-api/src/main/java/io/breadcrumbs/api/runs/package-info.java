/**
 * Runs over HTTP: a view of the journal that knows how each run stands and where its events are, and the routes that
 * start, show and control runs. Requests run on virtual threads and may block there; the view is fed by tails.
 */
@NullMarked
package io.breadcrumbs.api.runs;

import org.jspecify.annotations.NullMarked;
