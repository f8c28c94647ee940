/**
 * Tools that run: each on a virtual thread of its own, with its context. A context belongs to its thread, but for what
 * stops it.
 */
@NullMarked
package io.breadcrumbs.runner.execution;

import org.jspecify.annotations.NullMarked;
