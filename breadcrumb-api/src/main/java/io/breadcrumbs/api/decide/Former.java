package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer that was given before.
 *
 * @param checksum of the context after it; null if there was none, or nobody knows it any more
 * @param refusal null unless the command was refused
 */
public record Former(
        BreadcrumbEventKind kind,
        int version,
        @Nullable String checksum,
        @Nullable Refusal refusal) {}
