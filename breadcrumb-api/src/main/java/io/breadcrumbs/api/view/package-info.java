/**
 * The view of breadcrumbs: what the log says of them, in a Lucene index that can be thrown away. Uses the bus,
 * {@code schemas} and Lucene. Each partition's events are applied by one thread at a time; any thread reads.
 */
@NullMarked
package io.breadcrumbs.api.view;

import org.jspecify.annotations.NullMarked;
