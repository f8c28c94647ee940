/**
 * The generated Avro records, one per schema in {@code src/main/avro}, and nothing else.
 *
 * <p>A field that the schema declares as a union with null is read and given as null, so the package is not
 * null-marked. Uses Avro only. Records are immutable once handed over; no thread owns them.
 */
@NullUnmarked
package io.breadcrumbs.schemas;

import org.jspecify.annotations.NullUnmarked;
