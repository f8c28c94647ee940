/** Runs of workflows, as clients see them: to start and control them, and to watch what becomes of them. */
@NullMarked
package io.breadcrumbs.sdk.runs;

import org.jspecify.annotations.NullMarked;
