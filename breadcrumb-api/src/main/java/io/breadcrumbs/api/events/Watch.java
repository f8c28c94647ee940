package io.breadcrumbs.api.events;

import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.sdk.selector.Selection;
import org.jspecify.annotations.Nullable;

/**
 * What somebody watches.
 *
 * @param viewer who, in which workspace; only what it may see is told
 * @param id of the only breadcrumb that is meant; null: all that are selected
 */
public record Watch(
        Viewer viewer, Selection selection, @Nullable String id) {

    String workspace() {
        return viewer.workspace();
    }

    /** The end of a breadcrumb is told to all who may have selected it: its context is not known any more. */
    public boolean means(Told told) {
        var event = told.event();
        return event.getMeta().getWorkspace().equals(viewer.workspace())
                && viewer.sees(event)
                && (id == null || id.equals(event.getBreadcrumbId()))
                && (told.ends()
                        ? selection.matchesWithoutContext(event.getTags(), event.getSchemaName())
                        : selection.matches(event.getTags(), event.getSchemaName(), told::context));
    }

    /** Whether nothing comes after this. */
    boolean isOverWith(Told told) {
        return id != null && told.ends();
    }
}
