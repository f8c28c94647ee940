package io.breadcrumbs.sdk.breadcrumb;

import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.sdk.log.Position;
import org.jspecify.annotations.Nullable;

/** What became of a change; it stands in the log. */
public sealed interface Answer {

    /** The breadcrumb that was meant. */
    String id();

    /** Where the answer stands in {@code breadcrumb.event.v1}: who has read so far sees the change. */
    Position position();

    /**
     * The change was made.
     *
     * @param version of the breadcrumb after it
     * @param checksum of the context after it; null if the breadcrumb is gone, or the answer is long known
     * @param repeated it had been made before, under the same id or key
     */
    record Done(
            String id,
            BreadcrumbEventKind kind,
            int version,
            @Nullable String checksum,
            boolean repeated,
            Position position)
            implements Answer {}

    /**
     * Nothing was changed.
     *
     * @param message what was expected and what came
     * @param version of the breadcrumb; 0 if there is none
     */
    record Refused(String id, RefusalCode code, String message, int version, Position position) implements Answer {}
}
