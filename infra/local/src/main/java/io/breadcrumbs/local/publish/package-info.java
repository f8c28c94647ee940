/**
 * Records written by hand: JSON read, checked against the schemas of the catalogue, and published over a bus. Uses the
 * sdk and the catalogue. Run by the calling thread.
 */
@NullMarked
package io.breadcrumbs.local.publish;

import org.jspecify.annotations.NullMarked;
