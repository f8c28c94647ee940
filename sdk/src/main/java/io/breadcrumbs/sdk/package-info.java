/**
 * What agents, tools and services see of the bus: publish, subscribe, request and await, tail.
 *
 * <p>A bus comes from {@code sdk.kafka.KafkaBus} or, for tests, from {@code sdk.testkit}. Everything here may be called
 * from any thread and never blocks, unless it says otherwise.
 */
@NullMarked
package io.breadcrumbs.sdk;

import org.jspecify.annotations.NullMarked;
