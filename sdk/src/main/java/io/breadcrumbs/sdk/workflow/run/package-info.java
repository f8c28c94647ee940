/**
 * A run of a workflow: {@link Run} is the fold of its events, which serves the engine, the views, the command line and
 * tests alike. It changes by events alone; what decides them is {@code workflow.decide}.
 */
@NullMarked
package io.breadcrumbs.sdk.workflow.run;

import org.jspecify.annotations.NullMarked;
