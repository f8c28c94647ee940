/**
 * A real Kafka broker in this JVM, for the laptop and for integration tests; several such JVMs can be one cluster. Uses
 * Kafka's server classes and {@code local.data}. The broker has its own threads;
 * {@link io.breadcrumbs.local.kafka.EmbeddedKafka} is started and closed by one thread.
 */
@NullMarked
package io.breadcrumbs.local.kafka;

import org.jspecify.annotations.NullMarked;
