/**
 * Arithmetic: reads an expression and calculates it in one pass. Expressions come from anybody, so length, nesting, the
 * size of numbers and with them the time are bounded. Uses the JDK and {@code ToolFailure}; any thread.
 */
@NullMarked
package io.breadcrumbs.runner.builtin.expression;

import org.jspecify.annotations.NullMarked;
