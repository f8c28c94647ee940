/**
 * The trace that a request over HTTP belongs to: taken up from its caller, entered by the threads that work on it,
 * shown as a span, named in the answer. Uses Micronaut and the sdk's {@code trace}; any thread.
 */
@NullMarked
package io.breadcrumbs.api.trace;

import org.jspecify.annotations.NullMarked;
