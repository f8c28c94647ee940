/**
 * The test kit: a log in memory with its faults, a seeded scheduler that owns time, and a bus over them.
 *
 * <p>Everything runs on the one thread that runs the {@link io.breadcrumbs.sdk.testkit.SeededScheduler}: the same seed
 * gives the same run. Uses the whole sdk; nothing in it is for production.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit;

import org.jspecify.annotations.NullMarked;
