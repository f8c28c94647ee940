/**
 * Records to bytes and back, in the Confluent wire format: a zero byte, the schema id in four bytes, Avro binary.
 *
 * <p>Uses the catalogue, Avro and the registry client. Encoding and decoding never block and may be called by any
 * thread; only {@link io.breadcrumbs.schemas.wire.Wire#prepare} and {@link io.breadcrumbs.schemas.wire.Wire#learn} ask
 * the registry, and belong to threads that may wait.
 */
@NullMarked
package io.breadcrumbs.schemas.wire;

import org.jspecify.annotations.NullMarked;
