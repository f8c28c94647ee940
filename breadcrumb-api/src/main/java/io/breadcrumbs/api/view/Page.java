package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.Breadcrumb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the breadcrumbs that were looked for.
 *
 * @param cursor where the others begin; null if there are none
 */
public record Page(List<Breadcrumb> breadcrumbs, @Nullable String cursor) {

    public Page {
        breadcrumbs = List.copyOf(breadcrumbs);
    }
}
