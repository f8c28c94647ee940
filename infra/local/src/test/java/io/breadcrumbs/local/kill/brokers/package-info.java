/**
 * Brokers that are processes of their own, so that they can be killed.
 *
 * <p>{@link io.breadcrumbs.local.kill.brokers.BrokerProcess} is one of them;
 * {@link io.breadcrumbs.local.kill.brokers.Brokers} are all that make a cluster.
 */
@NullMarked
package io.breadcrumbs.local.kill.brokers;

import org.jspecify.annotations.NullMarked;
