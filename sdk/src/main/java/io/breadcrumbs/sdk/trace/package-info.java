/**
 * What traces show: the seam through which the platform's work is told to whoever exports it. Uses the JDK alone;
 * whoever makes {@code Spans} says which threads may.
 */
@NullMarked
package io.breadcrumbs.sdk.trace;

import org.jspecify.annotations.NullMarked;
