package io.breadcrumbs.sdk.operate;

/** What came of trying again what a dead letter is about. */
public sealed interface Retried {

    /** The letter's. */
    String id();

    /** The record stands in the log once more, and the letter is deleted. */
    record Again(String id, String position) implements Retried {}

    /** A webhook's receiver has taken the event, and the letter is deleted. */
    record Posted(String id, String host) implements Retried {}

    /** The letter stays, and would each time. */
    record Kept(String id, String reason) implements Retried {}

    /** The letter stays: the log did not take what was to be written. */
    record Unwritten(String id, String reason) implements Retried {}
}
