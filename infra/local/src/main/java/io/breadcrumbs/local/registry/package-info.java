/**
 * A schema registry that speaks Confluent's REST API and keeps its state in the compacted topic {@code _schemas}. Uses
 * Confluent's own entity and compatibility classes, Kafka clients and the JDK's HTTP server. State is changed by the
 * thread that reads the topic, and by nobody else; requests run on virtual threads, writes one after the other.
 */
@NullMarked
package io.breadcrumbs.local.registry;

import org.jspecify.annotations.NullMarked;
