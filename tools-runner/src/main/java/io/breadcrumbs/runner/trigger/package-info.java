/**
 * Asks for tools without anybody asking: when a breadcrumb is selected, by the clock, at the start, and without end.
 * One group per pool reads what is decided about breadcrumbs; who has its first partition keeps the pool's clock. Uses
 * the catalogue and the bus. Timers look after all of it; what may block runs on the runner's hands.
 */
@NullMarked
package io.breadcrumbs.runner.trigger;

import org.jspecify.annotations.NullMarked;
