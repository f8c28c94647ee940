/**
 * The benchmark of the tools-runner: calls of tools by the bus and a runner, beside the bare lane, and what many of
 * them cost. One thread runs it.
 */
@NullMarked
package io.breadcrumbs.local.bench.tools;

import org.jspecify.annotations.NullMarked;
