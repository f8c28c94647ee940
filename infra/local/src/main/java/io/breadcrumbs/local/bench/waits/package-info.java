/**
 * What many runs that only wait cost: their memory, the takeover of their partitions, and how late their timers are.
 * The engine is in this process, the broker in another one.
 */
@NullMarked
package io.breadcrumbs.local.bench.waits;

import org.jspecify.annotations.NullMarked;
