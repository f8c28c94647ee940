package io.breadcrumbs.api.webhooks;

/** The way to receivers. */
@FunctionalInterface
interface Sending {

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
    Result send(Job job);
}
