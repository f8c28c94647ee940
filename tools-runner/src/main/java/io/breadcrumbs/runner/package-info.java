/**
 * The tools-runner: executes the requests of its pools. {@link io.breadcrumbs.runner.Runner} wires catalogue, intake
 * and execution to a bus.
 */
@NullMarked
package io.breadcrumbs.runner;

import org.jspecify.annotations.NullMarked;
