/**
 * Why a run does not move, and what would move it: {@code Inquiry} gathers facts from the log, {@code Why} makes a
 * sentence of them and asks nobody. The command line and the HTTP door say the same by it. Uses {@code runs.state} and
 * the run's fold. One thread at a time.
 */
@NullMarked
package io.breadcrumbs.sdk.runs.why;

import org.jspecify.annotations.NullMarked;
