/**
 * The benchmark of runs: engine and runner in the measuring process, beside the floor of the same shape, which a bare
 * producer replays from the records of a real run. One thread runs the slices.
 */
@NullMarked
package io.breadcrumbs.local.bench.runs;

import org.jspecify.annotations.NullMarked;
