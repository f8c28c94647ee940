package io.breadcrumbs.api.stream;

import java.util.List;

/** What a viewer sees, in order. Asked by one thread at a time, which it may block. */
public interface Source {

    /** What comes next. */
    sealed interface Next {

        /** These. */
        record Frames(List<byte[]> frames) implements Next {}

        /** Nothing is there yet; the viewer is woken when something is. */
        record Nothing() implements Next {}

        /** That was all. */
        record End() implements Next {}
    }

    /** What comes next, as much as can be had at once. */
    Next next();

    /**
     * From now on this is called whenever there may be something again.
     *
     * @return ends that
     */
    Runnable whenThereIsMore(Runnable wake);
}
