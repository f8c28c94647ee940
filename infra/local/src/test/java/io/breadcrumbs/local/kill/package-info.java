/**
 * Processes that are killed under load, and the comparison of what was acknowledged with what was handled.
 *
 * <p>{@link io.breadcrumbs.local.kill.EchoProcess} is the process that dies;
 * {@link io.breadcrumbs.local.kill.KillCheck} kills, restarts and compares; each process has its own trail, a file that
 * outlives it.
 */
@NullMarked
package io.breadcrumbs.local.kill;

import org.jspecify.annotations.NullMarked;
