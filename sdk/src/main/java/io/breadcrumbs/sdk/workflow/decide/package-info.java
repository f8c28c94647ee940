/**
 * How a run goes on: {@link Decider} turns an input into events. Nothing here knows a clock, a log or a thread: times
 * and ids come in with the facts.
 */
@NullMarked
package io.breadcrumbs.sdk.workflow.decide;

import org.jspecify.annotations.NullMarked;
