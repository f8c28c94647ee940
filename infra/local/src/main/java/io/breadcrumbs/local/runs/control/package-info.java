/**
 * What commands about runs share, and those that decide about runs, one or many. Uses the sdk's client of runs, and
 * reads the journal through {@code journal}. One thread.
 */
@NullMarked
package io.breadcrumbs.local.runs.control;

import org.jspecify.annotations.NullMarked;
