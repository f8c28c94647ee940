/**
 * The test kit: a log in memory with its faults, a seeded scheduler that owns time, and a bus over them.
 *
 * <p>Everything runs on the one thread that runs the {@link io.breadcrumbs.sdk.testkit.SeededScheduler}: the same seed
 * gives the same run. A record that is published or handed over must be what the log gives of it, and nobody may change
 * it; the kit fails where that is not so. {@code ExampleTest}, among the tests of this package, shows its use. Uses the
 * whole sdk; nothing in it is for production.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit;

import org.jspecify.annotations.NullMarked;
