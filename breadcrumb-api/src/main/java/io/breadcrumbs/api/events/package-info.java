/**
 * What happens to breadcrumbs, as it happens: server-sent events of those that a selector means, from now on or from
 * any event that somebody has seen. One reader keeps the latest for all who watch; what is older is read from the log.
 * Uses the bus, {@code stream} for the wire, {@code rest} for shapes. A source is asked by one thread at a time;
 * nothing here waits, but {@code EventStreams.source}, which is asked by requests.
 */
@NullMarked
package io.breadcrumbs.api.events;

import org.jspecify.annotations.NullMarked;
