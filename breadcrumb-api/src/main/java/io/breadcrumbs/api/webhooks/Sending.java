package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.api.events.Told;

/** The way to receivers. */
@FunctionalInterface
interface Sending {

    /** One event for one subscription. */
    record Post(Subscribed to, Told told) {

        /** Of the delivery: the receiver knows by it what it has had before. */
        String id() {
            return to.delivery(told);
        }
    }

    /** What came of an attempt. */
    sealed interface Result {

        /** The receiver has it. */
        record Taken(int status) implements Result {}

        /**
         * Nobody says that the receiver has it.
         *
         * @param status that it answered with; 0: none
         */
        record Failed(int status, String message, boolean mayGetBetter) implements Result {}
    }

    /** Tries once. May block, as long as an attempt may take. */
    Result send(Post post);
}
