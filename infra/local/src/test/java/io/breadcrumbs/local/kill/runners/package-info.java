/**
 * Runners that are killed under load, and what became of every request.
 *
 * <p>{@link io.breadcrumbs.local.kill.runners.RunnerProcess} is the process that dies;
 * {@link io.breadcrumbs.local.kill.runners.RunnerKillCheck} kills, restarts and judges by the log of answers and by the
 * trails of the processes. What it observes is guarded by the observer's monitor.
 */
@NullMarked
package io.breadcrumbs.local.kill.runners;

import org.jspecify.annotations.NullMarked;
