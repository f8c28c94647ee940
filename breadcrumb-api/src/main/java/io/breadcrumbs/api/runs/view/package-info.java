/**
 * The runs as the log has them: a line of each, and where in the journal its decisions stand. Fed by tails, saved
 * beside the log so that a start need not read all of it; asked from any thread.
 */
@NullMarked
package io.breadcrumbs.api.runs.view;

import org.jspecify.annotations.NullMarked;
