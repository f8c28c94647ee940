/**
 * The tool that runs workflows: starts a run by a command, and waits for its end, which the engine answers. Uses the
 * sdk's {@code runs}. Runs on the thread of its execution.
 */
@NullMarked
package io.breadcrumbs.runner.builtin.workflow;

import org.jspecify.annotations.NullMarked;
