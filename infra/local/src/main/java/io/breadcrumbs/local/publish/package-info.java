/**
 * Records written by hand: JSON read, checked against the schemas of the catalogue, and published. Uses Kafka clients
 * and the schemas' wire format. Run by the calling thread.
 */
@NullMarked
package io.breadcrumbs.local.publish;

import org.jspecify.annotations.NullMarked;
