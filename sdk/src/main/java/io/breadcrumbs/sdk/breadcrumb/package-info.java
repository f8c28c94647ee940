/**
 * Breadcrumbs as agents, tools and services write them: commands go to their owner by the log, and are answered by what
 * was decided. Uses the bus and {@code schemas}. Any thread.
 */
@NullMarked
package io.breadcrumbs.sdk.breadcrumb;

import org.jspecify.annotations.NullMarked;
