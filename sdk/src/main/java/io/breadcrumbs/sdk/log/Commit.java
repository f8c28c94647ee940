package io.breadcrumbs.sdk.log;

/** What a group keeps for a partition: the first offset that is not done, and what else its owner needs to go on. */
public record Commit(long offset, String note) {}
