/**
 * Tests of single tools: a {@link io.breadcrumbs.sdk.testkit.tool.ToolTrial} runs one without broker, runner or clock,
 * on the thread of the test. Uses {@code sdk.tool} alone; nothing in it is for production.
 */
@NullMarked
package io.breadcrumbs.sdk.testkit.tool;

import org.jspecify.annotations.NullMarked;
