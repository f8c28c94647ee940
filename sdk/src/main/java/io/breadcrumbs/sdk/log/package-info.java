/**
 * The log as one instance reaches it: append, group reading, plain reading.
 *
 * <p>The bus is written against this package alone; {@code sdk.kafka} and {@code sdk.testkit} implement it. It uses the
 * JDK only. Who calls what from which thread stands at each type.
 */
@NullMarked
package io.breadcrumbs.sdk.log;

import org.jspecify.annotations.NullMarked;
