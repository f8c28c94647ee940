/**
 * What a tool is made of: the tool itself, what it says of itself, and what it sees while it runs. Who writes tools
 * needs nothing else; a runner executes them, {@code sdk.testkit.tool} tests them.
 */
@NullMarked
package io.breadcrumbs.sdk.tool;

import org.jspecify.annotations.NullMarked;
