/**
 * Sample records for the tests of this module: random ones and full ones, made from nothing but their schema.
 *
 * <p>Uses Avro and the generated records. No thread owns them.
 */
@NullMarked
package io.breadcrumbs.schemas.sample;

import org.jspecify.annotations.NullMarked;
