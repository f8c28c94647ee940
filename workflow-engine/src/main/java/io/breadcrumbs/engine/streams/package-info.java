/** The engine's memory as a Kafka Streams application: one processor a partition, exactly once. */
@NullMarked
package io.breadcrumbs.engine.streams;

import org.jspecify.annotations.NullMarked;
