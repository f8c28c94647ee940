package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.sdk.workflow.run.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event as the journal has it.
 *
 * @param atMs its time, in milliseconds since 1970
 * @param to where the message goes that it orders; null if it orders none
 */
public record Entry(Event event, long atMs, @Nullable Destination to) {

    /** A topic and a partition of it, chosen once and for ever; {@link #BY_KEY} is the one of the message's key. */
    public record Destination(String topic, int partition) {

        public static final int BY_KEY = -1;
    }
}
