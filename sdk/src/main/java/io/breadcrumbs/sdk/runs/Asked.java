package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.sdk.log.Position;

/**
 * Something that was asked of a run, and is durable.
 *
 * @param inputId by which the run's journal names it when it has been decided about
 * @param position of the command; the run's journal is in the partition of the same number
 */
public record Asked(String runId, String inputId, Position position) {}
