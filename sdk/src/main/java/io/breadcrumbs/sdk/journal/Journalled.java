package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.sdk.log.Position;

/**
 * A decision with all that its record says.
 *
 * @param instance that took it
 */
public record Journalled(Journal.Batch batch, String instance, Position position) {}
