/**
 * Commands about runs. They parse, ask, wait for what the journal decides, and print; {@code runs.journal} reads,
 * {@code runs.view} makes text, {@code runs.why} explains. Run by the main thread.
 */
@NullMarked
package io.breadcrumbs.local.runs;

import org.jspecify.annotations.NullMarked;
