/** Runs as text and as JSON: pure functions of what was read. Uses {@code runs.journal} and the sdk's fold. */
@NullMarked
package io.breadcrumbs.local.runs.view;

import org.jspecify.annotations.NullMarked;
