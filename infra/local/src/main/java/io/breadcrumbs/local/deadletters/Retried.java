package io.breadcrumbs.local.deadletters;

/** What came of publishing a letter's record again. */
public sealed interface Retried {

    /** The letter's. */
    String id();

    /** The record stands in the log once more, and the letter is deleted. */
    record Again(String id, String position) implements Retried {}

    /** The letter stays. */
    record Kept(String id, String reason) implements Retried {}
}
