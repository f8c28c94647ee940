/**
 * Values with references to the outputs of steps, and how they are resolved: once, never parsing again what was
 * substituted. Uses {@code workflow.json} and the JDK; values that never change, which any thread may resolve.
 */
@NullMarked
package io.breadcrumbs.sdk.workflow.template;

import org.jspecify.annotations.NullMarked;
