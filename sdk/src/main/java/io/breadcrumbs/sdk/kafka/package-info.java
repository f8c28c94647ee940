/**
 * The bus over Apache Kafka: the log by Kafka's own clients, with threads for its loops.
 *
 * <p>All settings of Kafka's clients stand in {@code KafkaClients}. Uses {@code sdk}, {@code sdk.bus}, {@code sdk.log},
 * {@code sdk.operate} and {@code schemas}.
 */
@NullMarked
package io.breadcrumbs.sdk.kafka;

import org.jspecify.annotations.NullMarked;
