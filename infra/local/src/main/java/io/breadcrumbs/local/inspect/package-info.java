/**
 * Looks into topics: sizes, lag, and records as people read them. Uses Kafka clients and the schemas' wire format. Run
 * by the calling thread.
 */
@NullMarked
package io.breadcrumbs.local.inspect;

import org.jspecify.annotations.NullMarked;
