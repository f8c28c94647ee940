/**
 * Tells Avro that the records of this module may be made from a schema that names them.
 *
 * <p>Uses Avro only. Runs once, in whichever thread first touches a record.
 */
@NullMarked
package io.breadcrumbs.schemas.trust;

import org.jspecify.annotations.NullMarked;
