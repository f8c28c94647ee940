/**
 * What benchmarks share: measures, taken in rounds, and the processes beside this one.
 *
 * <p>Each {@code Measure} has a short slice of every round, so that noise of the machine hits all alike. Broker and
 * remote peer are other processes ({@code Companion}). One thread runs the slices; what others touch is thread-safe by
 * itself. Uses {@code platform}, the sdk's public bus, and Kafka's clients.
 */
@NullMarked
package io.breadcrumbs.local.bench;

import org.jspecify.annotations.NullMarked;
