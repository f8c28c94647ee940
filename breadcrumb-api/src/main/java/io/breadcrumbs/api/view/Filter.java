package io.breadcrumbs.api.view;

import io.breadcrumbs.sdk.selector.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which breadcrumbs are looked for: those that meet all of it.
 *
 * @param viewer who looks: only what that one may see is found
 * @param text words that title or context must have, all of them; null: any
 * @param near those whose vectors are nearest to this one come first; empty: the newest do
 */
public record Filter(
        Viewer viewer, Selection selection, @Nullable String text, Span created, Span updated, List<Float> near) {

    public Filter {
        near = List.copyOf(near);
    }

    /** All breadcrumbs of the viewer's workspace that are selected. */
    public static Filter of(Viewer viewer, Selection selection) {
        return new Filter(viewer, selection, null, Span.ALWAYS, Span.ALWAYS, List.of());
    }

    public Filter text(String words) {
        return new Filter(viewer, selection, words, created, updated, near);
    }

    public Filter near(List<Float> vector) {
        return new Filter(viewer, selection, text, created, updated, vector);
    }

    public Filter created(Span span) {
        return new Filter(viewer, selection, text, span, updated, near);
    }

    public Filter updated(Span span) {
        return new Filter(viewer, selection, text, created, span, near);
    }

    /** From one moment, in milliseconds since 1970, to another, both included. */
    public record Span(long fromMs, long toMs) {
        public static final Span ALWAYS = new Span(Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
