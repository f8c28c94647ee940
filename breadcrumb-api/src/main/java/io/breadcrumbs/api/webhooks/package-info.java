/**
 * Webhooks: events of breadcrumbs, posted to whoever has asked for them. Subscriptions are breadcrumbs; the instances
 * share the events as a group, and each event is done when all its posts are delivered or dead letters. Uses the bus,
 * {@code egress} for the way out, {@code events} for what is told. Nothing waits but {@code HttpSending}, on a virtual
 * thread.
 */
@NullMarked
package io.breadcrumbs.api.webhooks;

import org.jspecify.annotations.NullMarked;
