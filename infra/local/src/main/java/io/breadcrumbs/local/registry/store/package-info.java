/**
 * The registry's state and the topic that it is folded from. Uses Kafka clients and Jackson. The topic's reader thread
 * alone changes the state; any thread reads it and appends.
 */
@NullMarked
package io.breadcrumbs.local.registry.store;

import org.jspecify.annotations.NullMarked;
